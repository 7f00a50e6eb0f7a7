"""A folder of a course, chosen in a real browser, comes with the paths it has there."""

import zipfile
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.learner_steps import sign_in
from tests.browser.page_types import COURSE_FILES, TRAINER

EXPORT = "Descargar el curso como está ahora"


def test_a_folder_comes_with_its_paths_and_goes_out_as_a_zip(
    page: Page, tmp_path: Path
) -> None:
    folder = tmp_path / "mi carpeta"
    (folder / "media").mkdir(parents=True)
    (folder / ".git").mkdir()
    (folder / ".git" / "HEAD").write_text("ref")
    (folder / "README.md").write_bytes(b"Para qui\xc3\xa9n\r\n")
    (folder / "media" / "brought.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"/>'
    )
    sign_in(page, TRAINER)
    page.goto(COURSE_FILES)

    page.set_input_files("#folder", folder)
    page.get_by_role("button", name="Ver qué cambiaría").click()
    expect(page.locator("#added + ul")).to_contain_text("media/brought.svg")
    page.get_by_role("button", name="Traer los archivos").click()
    expect(page.get_by_text("Listo: cambiaron 2 archivos del borrador")).to_be_visible()

    page.goto(COURSE_FILES)
    with page.expect_download() as download:
        page.get_by_role("link", name=EXPORT).click()
    with zipfile.ZipFile(download.value.path()) as archive:
        names = archive.namelist()
        assert archive.read("first-steps/README.md") == b"Para qui\xc3\xa9n\r\n"
    assert "first-steps/media/brought.svg" in names
    assert not [name for name in names if "mi carpeta" in name or ".git" in name]
