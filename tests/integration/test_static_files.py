"""Static files are collected under names that carry their content."""

import gzip
import os
from pathlib import Path

import brotli  # type: ignore[import-untyped] # no stubs exist
import pytest

from conexx_learn.adapters.static_files import collect_static_files

CSS_BUDGET = 14_000
JS_BUDGET = 12_000


@pytest.fixture
def source(tmp_path: Path) -> Path:
    folder = tmp_path / "source"
    (folder / "js").mkdir(parents=True)
    (folder / "bundles.toml").write_text(
        '"site.css" = ["first.css", "second.css"]\n'
        '"site.js" = ["js/words.js", "js/page.js"]\n'
    )
    (folder / "first.css").write_text("@layer one, two;\n" * 40)
    (folder / "second.css").write_text("@layer two { p { color: red } }\n" * 40)
    (folder / "js" / "words.js").write_text(
        "export const word = 'hola'\n" + "//\n" * 99
    )
    (folder / "js" / "page.js").write_text(
        "import { word } from './words.js'\nconsole.log(word)\n" + "//\n" * 99
    )
    (folder / "mark.svg").write_text("<svg/>")
    return folder


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "instance" / "static"


def _touch_later(path: Path) -> None:
    facts = path.stat()
    os.utime(path, ns=(facts.st_atime_ns, facts.st_mtime_ns + 1_000_000))


def test_a_name_carries_the_hash_of_the_content(source: Path, target: Path) -> None:
    names = collect_static_files(target, sources=[source])

    before = names["mark.svg"]
    (source / "mark.svg").write_text("<svg><path/></svg>")
    after = collect_static_files(target, sources=[source])["mark.svg"]

    assert before.startswith("mark.")
    assert before.endswith(".svg")
    assert len(before) == len("mark.") + 12 + len(".svg")
    assert after != before
    assert (target / after).read_text() == "<svg><path/></svg>"


def test_parts_of_a_bundle_travel_together_and_in_order(
    source: Path, target: Path
) -> None:
    names = collect_static_files(target, sources=[source])

    css = (target / names["site.css"]).read_text()
    assert css.index("@layer one, two") < css.index("color: red")
    assert set(names) == {"site.css", "site.js", "mark.svg"}


def test_scripts_of_a_bundle_become_one_module(source: Path, target: Path) -> None:
    names = collect_static_files(target, sources=[source])

    script = (target / names["site.js"]).read_text()
    assert "import" not in script
    assert "export" not in script
    assert script.index("const word") < script.index("console.log(word)")


def test_compressed_twins_hold_the_same_bytes(source: Path, target: Path) -> None:
    names = collect_static_files(target, sources=[source])

    body = (target / names["site.css"]).read_bytes()
    assert gzip.decompress((target / f"{names['site.css']}.gz").read_bytes()) == body
    assert brotli.decompress((target / f"{names['site.css']}.br").read_bytes()) == body


def test_nothing_is_written_when_nothing_changed(source: Path, target: Path) -> None:
    first = collect_static_files(target, sources=[source])
    times = {path: path.stat().st_mtime_ns for path in target.rglob("*")}

    second = collect_static_files(target, sources=[source])

    assert second == first
    assert {path: path.stat().st_mtime_ns for path in target.rglob("*")} == times


def test_a_touched_file_of_equal_content_keeps_its_name(
    source: Path, target: Path
) -> None:
    first = collect_static_files(target, sources=[source])

    _touch_later(source / "mark.svg")

    assert collect_static_files(target, sources=[source]) == first


def test_a_file_that_was_lost_is_made_again(source: Path, target: Path) -> None:
    names = collect_static_files(target, sources=[source])
    (target / names["mark.svg"]).unlink()

    collect_static_files(target, sources=[source])

    assert (target / names["mark.svg"]).is_file()


def test_an_old_file_outlives_one_change_and_no_more(
    source: Path, target: Path
) -> None:
    oldest = collect_static_files(target, sources=[source])["mark.svg"]

    (source / "mark.svg").write_text("<svg>2</svg>")
    collect_static_files(target, sources=[source])
    still_there = (target / oldest).is_file()
    (source / "mark.svg").write_text("<svg>3</svg>")
    collect_static_files(target, sources=[source])

    assert still_there
    assert not (target / oldest).exists()


def test_a_bundle_with_an_unknown_part_is_refused(source: Path, target: Path) -> None:
    (source / "bundles.toml").write_text('"site.css" = ["absent.css"]\n')

    with pytest.raises(ValueError, match=r"there is no part absent\.css"):
        collect_static_files(target, sources=[source])


def test_all_style_sheets_keep_their_weight(target: Path) -> None:
    assert 0 < sum(weights(target, ".css").values()) <= CSS_BUDGET


def test_the_scripts_of_each_page_keep_their_weight(target: Path) -> None:
    """A page loads the scripts of the site and at most one bundle of its own."""
    scripts = weights(target, ".js")
    site = scripts.pop("site.js")

    assert {
        name: site + own for name, own in scripts.items() if site + own > JS_BUDGET
    } == {}


def weights(target: Path, suffix: str) -> dict[str, int]:
    """Return bundle to its compressed size in bytes."""
    return {
        name: (target / f"{hashed}.gz").stat().st_size
        for name, hashed in collect_static_files(target).items()
        if name.endswith(suffix)
    }
