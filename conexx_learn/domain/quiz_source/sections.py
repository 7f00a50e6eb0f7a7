"""Sections of a quiz: pools, plain sections and cases, with their rules (E30x)."""

from collections.abc import Iterator, Sequence
from fractions import Fraction

from conexx_learn.domain.problems import Problem
from conexx_learn.domain.quiz import Question, Section, SectionKind, Void
from conexx_learn.domain.quiz_source.blocks import SectionBlock, markdown_of
from conexx_learn.domain.quiz_source.settings import stated_lines
from conexx_learn.domain.quiz_source.values import Values

MOST_QUESTIONS = 500


def read_section(
    block: SectionBlock,
    values: Values,
    *,
    points: Fraction | None,
    questions: tuple[Question, ...],
) -> Section:
    """Make a section of its block and its questions: E104, E121."""
    is_pool = block.kind is SectionKind.POOL
    is_case = block.kind is SectionKind.CASE
    for key, belongs in (("draw", is_pool), ("pool", is_case)):
        if key in block.attributes and not belongs:
            values.report(key, "E121")
    stated = values.choice("shuffle", "yes-no")
    return Section(
        kind=block.kind,
        id=block.id,
        title=block.title,
        text_md=markdown_of(block.text),
        draw=values.integer("draw", most=MOST_QUESTIONS) if is_pool else None,
        points=points,
        shuffle=stated == "yes" if stated else not is_case,
        pool=values.text("pool") or None if is_case else None,
        questions=questions,
        line=block.row.number if block.row else 1,
        lines=stated_lines(block.attributes),
    )


def usable(section: Section) -> list[Question]:
    """List the questions of a section that an attempt may ask."""
    return [q for q in section.questions if q.is_asked and q.void is not Void.DROP]


def section_problems(sections: Sequence[Section], path: str) -> list[Problem]:
    """Report what is wrong with sections as wholes: E113 and E301 to E305."""
    problems = [*_repeated_ids(sections, path)]
    pools = {s.id: s for s in sections if s.kind is SectionKind.POOL}
    for section in sections:
        if section.kind is SectionKind.CASE:
            problems += _case_problems(section, pools, path)
        elif section.kind is SectionKind.POOL:
            cases = [s for s in sections if s.pool == section.id]
            problems += _pool_problems(section, cases, path)
    if not any(usable(section) for section in sections):
        problems.append(Problem(path, 1, 1, "E305"))
    return problems


def pool_size(pool: Section, sections: Sequence[Section]) -> int:
    """Count what a pool draws from: its questions, or the cases that name it."""
    cases = [s for s in sections if s.pool == pool.id and usable(s)]
    return len(cases) if cases and not pool.questions else len(usable(pool))


def _repeated_ids(sections: Sequence[Section], path: str) -> Iterator[Problem]:
    lines: dict[str, int] = {}
    for section in sections:
        if section.id and section.id in lines:
            facts = {
                "id": section.id,
                "path": path,
                "line": str(section.line),
                "other_path": path,
                "other_line": str(lines[section.id]),
            }
            yield Problem(path, section.line, 1, "E113", facts)
        elif section.id:
            lines[section.id] = section.line


def _case_problems(
    case: Section, pools: dict[str, Section], path: str
) -> Iterator[Problem]:
    if not case.text_md:
        yield Problem(path, case.line, 1, "E303", {"id": case.id, "variant": "case"})
    pool = pools.get(case.pool or "")
    if case.pool and (pool is None or pool.questions):
        line = case.lines.get("pool", case.line)
        yield Problem(path, line, 1, "E304", {"id": case.id, "pool": case.pool})


def _pool_problems(
    pool: Section, cases: Sequence[Section], path: str
) -> Iterator[Problem]:
    if pool.text_md:
        yield Problem(path, pool.line, 1, "E303", {"id": pool.id})
    count = pool_size(pool, [pool, *cases])
    draw = pool.draw or max(count, 1)
    if draw > count:
        facts = {"id": pool.id, "draw": str(draw), "usable": str(count)}
        yield Problem(path, pool.lines.get("draw", pool.line), 1, "E301", facts)
    if pool.questions:
        shares = [(question.points, question.line) for question in usable(pool)]
    elif draw < count:
        shares = [(_total(case), case.line) for case in cases]
    else:
        shares = []
    for points, line in shares:
        if points != shares[0][0]:
            facts = {
                "id": pool.id,
                "found": f"{float(points):g}",
                "expected": f"{float(shares[0][0]):g}",
            }
            yield Problem(path, line, 1, "E302", facts)
            return


def _total(case: Section) -> Fraction:
    return sum((question.points for question in usable(case)), Fraction(0))
