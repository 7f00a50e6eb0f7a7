"""Where the course folders of this installation lie."""

from pathlib import Path

from flask import current_app

from conexx_learn.services.demonstration import DEMO_COURSES


def course_homes() -> list[Path]:
    """List the folders of courses; a demonstration has one more."""
    homes = [Path(current_app.config["COURSES"])]
    if current_app.config["DEMO"]:
        homes.append(Path(current_app.instance_path) / DEMO_COURSES)
    return homes


def path_for_the_shell(folder: Path) -> str:
    """Write a folder as it is typed in the project's own folder."""
    root = Path(current_app.config["COURSES"]).parent
    if folder.is_relative_to(root):
        return folder.relative_to(root).as_posix()
    return str(folder)
