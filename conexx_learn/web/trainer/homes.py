"""Where the course folders of this installation lie."""

from pathlib import Path

from flask import current_app

from conexx_learn.services.demonstration import DEMO_COURSES


def course_homes() -> list[Path]:
    """List the folders of courses, the first of which wins where two hold a course.

    What was published from the browser comes before what the product ships; a
    demonstration has one more.
    """
    homes = [course_home(), Path(current_app.config["COURSES"])]
    if current_app.config["DEMO"]:
        homes.append(Path(current_app.instance_path) / DEMO_COURSES)
    return homes


def course_home() -> Path:
    """Return the folder that publishing in the browser writes to."""
    return Path(current_app.config["COURSE_HOME"])


def path_for_the_shell(folder: Path) -> str:
    """Write a folder as it is typed in the project's own folder."""
    root = Path(current_app.config["COURSES"]).parent
    if folder.is_relative_to(root):
        return folder.relative_to(root).as_posix()
    return str(folder)
