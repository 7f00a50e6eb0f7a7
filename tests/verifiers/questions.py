"""Cases as questions for Node: each a file, and a site of its own."""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

from tests.interop.tampering import Case
from tests.verifiers.mirror import mirror
from tests.verifiers.node import Question


@contextmanager
def case_questions(
    cases: Sequence[Case], folder: Path
) -> Iterator[dict[str, Question]]:
    """Serve the site of each case while it is decided; gives name to question."""
    with ExitStack() as sites:
        yield {
            case.name: _question(case, folder / f"{number}.txt", sites)
            for number, case in enumerate(cases)
        }


def _question(case: Case, file: Path, sites: ExitStack) -> Question:
    file.write_text(case.text, encoding="utf-8")
    return Question(
        source=file,
        origin=sites.enter_context(mirror(case.issued.site.get)),
        public_url=case.issued.public_url,
        at=case.at,
        email=case.email,
    )
