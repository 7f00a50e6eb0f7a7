"""Changes of a course folder keep it whole: what passed the check still passes."""

import tomllib
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conexx_learn.domain.course_editing.heads import (
    with_head_value,
    without_head_value,
)
from conexx_learn.domain.course_editing.outline import (
    Changes,
    added_module,
    outline,
    references_to,
    removed_module,
    renamed_module,
    reordered_modules,
)
from conexx_learn.domain.course_editing.settings_text import (
    with_module_values,
    with_values,
)
from conexx_learn.domain.course_source import read_competencies, read_course
from conexx_learn.domain.errors import ContentError, RuleError, ShapeError
from conexx_learn.domain.front_matter import source_hash
from conexx_learn.domain.problems import Problem

COURSES = Path(__file__).parents[2] / "courses"
SHIPPED = sorted(path.parent.name for path in COURSES.glob("*/course.toml"))
LONG = "eu-financing-instruments"


def files_of(slug: str) -> dict[str, bytes]:
    folder = COURSES / slug
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def after(files: Mapping[str, bytes], changes: Changes) -> dict[str, bytes]:
    merged = {**files, **changes}
    return {path: body for path, body in merged.items() if body is not None}


def problems(slug: str, files: Mapping[str, bytes]) -> list[Problem]:
    competencies, _ = read_competencies((COURSES / "competencies.toml").read_bytes())
    _, found = read_course(
        files,
        slug=slug,
        competencies=competencies,
        neighbours={other: () for other in SHIPPED if other != slug},
        today=date(2026, 11, 16),
    )
    return found


def kinds(found: list[Problem]) -> list[str]:
    return sorted(problem.code for problem in found)


@pytest.mark.parametrize("slug", SHIPPED)
def test_a_course_put_in_another_order_is_as_sound_as_before(slug: str) -> None:
    files = files_of(slug)
    slugs = [module.slug for module in outline(files)]

    changed = after(files, reordered_modules(files, slugs[::-1]))

    assert [module.slug for module in outline(changed)] == slugs[::-1]
    assert [module.number for module in outline(changed)] == [*range(1, len(slugs) + 1)]
    assert kinds(problems(slug, changed)) == kinds(problems(slug, files))


@pytest.mark.parametrize("slug", SHIPPED)
def test_there_and_back_is_byte_for_byte_the_same(slug: str) -> None:
    files = files_of(slug)
    slugs = [module.slug for module in outline(files)]

    there = after(files, reordered_modules(files, slugs[::-1]))
    back = after(there, reordered_modules(there, slugs))

    texts = [path for path in files if path != "course.toml"]
    assert {path: back[path] for path in texts} == {p: files[p] for p in texts}
    assert tomllib.loads(back["course.toml"].decode()) == tomllib.loads(
        files["course.toml"].decode()
    )


@pytest.mark.parametrize("slug", SHIPPED)
def test_an_order_that_is_there_already_changes_nothing(slug: str) -> None:
    files = files_of(slug)

    assert reordered_modules(files, [m.slug for m in outline(files)]) == {}


@pytest.mark.parametrize("slug", SHIPPED)
def test_every_reference_follows_a_new_name(slug: str) -> None:
    files = files_of(slug)
    for module in outline(files):
        changed = after(
            files, renamed_module(files, slug=module.slug, wanted="a-new-name")
        )

        assert not references_to(changed, module.slug)
        assert kinds(problems(slug, changed)) == kinds(problems(slug, files))


def test_a_fresh_translation_with_windows_line_ends_stays_fresh() -> None:
    source = b"---\r\ntitle: A\r\n---\r\n\r\nVea [eso](02-river.es.md).\r\n"
    follows = f"translates: 01-well.es.md@{source_hash(source)}".encode()
    files = {
        "01-well.es.md": source,
        "01-well.en.md": b"---\r\ntitle: A\r\n" + follows + b"\r\n---\r\n",
        "02-river.es.md": b"---\r\ntitle: B\r\n---\r\n",
    }

    files = after(files, renamed_module(files, slug="river", wanted="stream"))

    now = source_hash(files["01-well.es.md"]).encode()
    assert b"@" + now + b"\r\n---" in files["01-well.en.md"]
    assert now != source_hash(source).encode()


def test_a_name_inside_another_name_is_left_alone() -> None:
    files = {
        "course.toml": b'[[modules]]\nslug = "map"\nminutes = 5\n',
        "01-map.es.md": b"---\ntitle: A\n---\n",
        "02-road-map.es.md": b"[x](02-road-map.es.md) [y](01-map.es.md) 01-map is",
    }

    changes = renamed_module(files, slug="map", wanted="plan")

    assert changes["02-road-map.es.md"] == (
        b"[x](02-road-map.es.md) [y](01-plan.es.md) 01-map is"
    )


def test_two_modules_change_places_at_once() -> None:
    files = {
        "course.toml": b'[[modules]]\nslug = "one"\n[[modules]]\nslug = "two"\n',
        "01-one.es.md": b"[x](02-two.es.md)",
        "02-two.es.md": b"[x](01-one.es.md)",
    }

    changed = after(files, reordered_modules(files, ["two", "one"]))

    assert changed["01-two.es.md"] == b"[x](02-one.es.md)"
    assert changed["02-one.es.md"] == b"[x](01-two.es.md)"


def test_a_module_that_goes_takes_all_its_files() -> None:
    files = files_of(LONG)
    gone = outline(files)[1]

    changed = after(files, removed_module(files, gone.slug))

    assert gone.slug not in [module.slug for module in outline(changed)]
    assert not [path for path in changed if gone.slug in path]


def test_a_new_module_comes_last_and_passes_the_check() -> None:
    files = files_of("first-steps")
    texts = {"es.md": "---\ntitle: Otro\n---\n\n## Uno\n\nTexto.\n"}

    changes = added_module(files, slug="otro-tema", texts=texts, values={"minutes": 5})

    changed = after(files, changes)
    assert outline(changed)[-1].paths == ("02-otro-tema.es.md",)
    new = set(kinds(problems("first-steps", changed))) - {"W501", "W004"}
    assert not [code for code in new if code.startswith("E")]


@pytest.mark.parametrize("slug", ["", "Agua", "final", "quiz", "x", "-a-b", "a" * 61])
def test_a_module_needs_a_name_that_can_be_an_address(slug: str) -> None:
    with pytest.raises(ShapeError):
        added_module(files_of("first-steps"), slug=slug, texts={}, values={})


def test_a_name_is_used_once() -> None:
    files = files_of(LONG)
    first, second = outline(files)[:2]

    with pytest.raises(RuleError):
        renamed_module(files, slug=first.slug, wanted=second.slug)


@pytest.mark.parametrize("slugs", [[], ["how-eu-money-works"], ["nothing"]])
def test_an_order_names_each_module_once(slugs: list[str]) -> None:
    with pytest.raises(ShapeError):
        reordered_modules(files_of(LONG), slugs)


def test_settings_keep_their_comments() -> None:
    text = (COURSES / "first-steps" / "course.toml").read_text(encoding="utf-8")

    changed = with_values(text, {"pass_mark": 75, "hours": Decimal("0.5")})

    assert "# 5 min of reading" in changed
    assert tomllib.loads(changed) == {
        **tomllib.loads(text),
        "pass_mark": 75,
        "hours": 0.5,
    }


@pytest.mark.parametrize("slug", SHIPPED)
def test_values_that_are_there_already_change_nothing(slug: str) -> None:
    text = (COURSES / slug / "course.toml").read_text(encoding="utf-8")
    values = tomllib.loads(text, parse_float=Decimal)
    modules = values.pop("modules")

    for module in modules:
        text = with_module_values(text, module["slug"], module)

    assert with_values(text, values) == (COURSES / slug / "course.toml").read_text(
        encoding="utf-8"
    )


def test_a_faulty_file_is_told_with_its_line() -> None:
    with pytest.raises(ContentError) as refusal:
        with_values('a = "1"\nb = = 2\n', {"a": "2"})

    assert refusal.value.problems[0].line == 2


@given(st.text(max_size=80), st.text(max_size=30))
def test_a_head_takes_any_value(text: str, value: str) -> None:
    shown = with_head_value(text, "title", value)

    assert f"title: {' '.join(value.split())}".rstrip() in shown.split("\n")
    assert "title:" not in without_head_value("---\ntitle: a\n---\n", "title")
