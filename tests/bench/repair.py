"""`make bench`, third part: many attempts marked, counted and repaired, in seconds.

20 questions, 10 000 attempts: marking them all, the statistics of the questions, the
dry run of a repair, and applying it. Memory is the most that Python held at once.
"""

import os
import random
import sys
import tempfile
import time
import tracemalloc
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from flask_migrate import upgrade  # noqa: E402 (the path comes first)
from sqlalchemy import insert, select  # noqa: E402
from sqlalchemy.orm import Session  # noqa: E402

from conexx_learn.config import Config  # noqa: E402
from conexx_learn.domain.attempt_forms import FORM_JSON  # noqa: E402
from conexx_learn.domain.drawing import draw_form  # noqa: E402
from conexx_learn.domain.grading import grade_attempt  # noqa: E402
from conexx_learn.domain.quiz import Quiz as QuizModel  # noqa: E402
from conexx_learn.domain.repairs import VoidMark, course_marks  # noqa: E402
from conexx_learn.factory import create_app  # noqa: E402
from conexx_learn.models.accounts import User  # noqa: E402
from conexx_learn.models.assessment import Attempt  # noqa: E402
from conexx_learn.models.base import db  # noqa: E402
from conexx_learn.models.catalogue import Course, CourseVersion, Quiz  # noqa: E402
from conexx_learn.models.enrolment import Enrolment  # noqa: E402
from conexx_learn.queries.item_answers import course_statistics  # noqa: E402
from conexx_learn.queries.published_quizzes import published_quiz  # noqa: E402
from conexx_learn.services.database_files import prepare_database  # noqa: E402
from conexx_learn.services.repair import apply_repairs  # noqa: E402
from conexx_learn.services.repair_preview import repair_preview  # noqa: E402
from tests.factories import NOW, make_user  # noqa: E402
from tests.published import edited_copy, publish_sample, ready_course  # noqa: E402
from tests.voids import APPLYING, edit  # noqa: E402

ATTEMPTS = int(os.environ.get("BENCH_ATTEMPTS", "10000"))
QUESTIONS = 20
SMALL = "small-course"
OPTIONS = "abcd"
CHANCE = random.Random(20)  # noqa: S311 (the same answers each time)


def main() -> None:
    """Write the attempts and measure what is done with them."""
    with tempfile.TemporaryDirectory() as folder:
        config = Config.from_env(ROOT, {"INSTANCE_PATH": folder})
        app = create_app(config)
        with app.app_context():
            prepare_database()
            upgrade(directory=app.config["MIGRATIONS"])
            _measure(db.session(), Path(folder))
            db.engine.dispose()


def _measure(session: Session, folder: Path) -> None:
    publish_sample(session, folder=_course(folder / "first", "1.0", voids=""))
    course = session.scalars(select(Course)).one()
    quiz = session.scalars(select(Quiz).where(Quiz.module_id.is_(None))).one()
    model = published_quiz(session, quiz_id=quiz.id).quizzes["es"]
    sittings = [_answers(model) for _ in range(ATTEMPTS)]
    print(f"\n{f'{ATTEMPTS} attempts of {QUESTIONS}':30}  seconds      CPU    MB")
    graded = _timed("marking every attempt", lambda: _graded(model, sittings))
    _write(session, course, quiz, model, list(zip(sittings, graded, strict=True)))
    _timed(
        "statistics of the questions",
        lambda: course_statistics(session, course_id=course.id),
    )
    copy = _course(folder / "second", "1.1", voids="anulada: full\nmotivo: Dos.\n")
    marks = _marks(copy)
    _timed(
        "dry run of a repair",
        lambda: repair_preview(session, slug=SMALL, marks=marks),
    )
    publish_sample(session, folder=copy)
    done = _timed("applying it", lambda: apply_repairs(APPLYING, now=NOW))
    print(f"{done.corrected} corrected, {done.passed} passed because of it")


def _timed(name: str, act: Callable[[], Any]) -> Any:
    """Measure seconds, then the memory of a second run where it changes nothing."""
    began, busy = time.perf_counter(), time.process_time()
    found = act()
    seconds, own = time.perf_counter() - began, time.process_time() - busy
    most = ""
    if name != "applying it":
        tracemalloc.start()
        act()
        most = f"{tracemalloc.get_traced_memory()[1] / 1e6:5.0f}"
        tracemalloc.stop()
    print(f"{name:30}{seconds:9.1f}{own:9.1f}{most:>6}")
    return found


def _marks(folder: Path) -> tuple[VoidMark, ...]:
    return course_marks(ready_course(folder / SMALL)[0])


def _course(place: Path, number: str, *, voids: str) -> Path:
    """Write the small course with a final of many questions, the first one voided."""
    folder = edited_copy(place, {"course.toml": ('"1.0"', f'"{number}"')})
    (folder / SMALL / "final.quiz.en.md").unlink()
    path = folder / SMALL / "final.quiz.es.md"
    head = path.read_text(encoding="utf-8").split("# Banco")[0]
    path.write_text(head + "".join(_questions(voids)), encoding="utf-8")
    edit(path, "intentos: 2", "intentos: 9")
    return folder


def _questions(voids: str) -> Iterator[str]:
    for number in range(QUESTIONS):
        yield (
            f"## q-{number} | Pregunta {number}\ncompetencia: K1\n"
            f"{voids if number == 0 else ''}\n¿Cuál de las cuatro es la {number}?\n\n"
            f"- (x) La primera {number}\n- ( ) La segunda {number}\n"
            f"- ( ) La tercera {number}\n- ( ) La cuarta {number}\n\n"
        )


def _answers(model: QuizModel) -> dict[str, Any]:
    """Answer as somebody does who knows more or less."""
    skill = CHANCE.uniform(0.3, 0.95)
    return {
        question.id: "a" if CHANCE.random() < skill else CHANCE.choice(OPTIONS)
        for question in model.questions
    }


def _graded(model: QuizModel, sittings: list[dict[str, Any]]) -> list[Any]:
    return [
        grade_attempt(
            model.questions, responses, pass_percent=model.settings.pass_percent
        ).grade
        for responses in sittings
    ]


def _write(
    session: Session,
    course: Course,
    quiz: Quiz,
    model: QuizModel,
    sittings: list[tuple[dict[str, Any], Any]],
) -> None:
    """Insert learners, enrolments and attempts."""
    version_id = session.scalars(select(CourseVersion.id)).one()
    form = FORM_JSON.dump_python(draw_form(model, seed="x", seen={}), mode="json")
    first = make_user(session).id
    session.execute(
        insert(User),
        [
            {
                "id": first + number,
                "email": f"bench{number}@xaltepec.example",
                "full_name": f"Persona {number}",
                "active": True,
                "fs_uniquifier": f"bench-{number}",
                "created_at": NOW,
                "locale": "es",
            }
            for number in range(1, ATTEMPTS + 1)
        ],
    )
    session.execute(
        insert(Enrolment),
        [
            {
                "id": number,
                "user_id": first + number,
                "course_id": course.id,
                "course_version_id": version_id,
                "cycle": 1,
                "started_at": NOW,
            }
            for number in range(1, ATTEMPTS + 1)
        ],
    )
    session.execute(
        insert(Attempt),
        [
            {
                "enrolment_id": number,
                "quiz_id": quiz.id,
                "user_id": first + number,
                "ordinal": 1,
                "lang": "es",
                "started_at": NOW,
                "closed_at": NOW + timedelta(minutes=number % 40),
                "form": form,
                "responses": responses,
                "save_number": 1,
                "points_earned": str(grade.earned),
                "points_possible": str(grade.possible),
                "passed": grade.passed,
            }
            for number, (responses, grade) in enumerate(sittings, start=1)
        ],
    )
    session.commit()


if __name__ == "__main__":
    main()
