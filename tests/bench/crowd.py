"""Many institutions for the bench, written straight into the tables, in large steps."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from typing import Any

from sqlalchemy import Connection, Table, insert

from conexx_learn.models.registry import Base

PEOPLE = 100
REQUIREMENTS = 8
CERTIFICATES = 5
COURSES = 10
STEP = 5_000
PROFILES = ("HEAD", "PM", "FIN", "MEAL", "LIAISON", "TECH", "ELECTED")

Row = dict[str, Any]


def write_crowd(connection: Connection, institutions: int, today: date) -> None:
    """Write institutions of a hundred people, with a plan and five certificates each.

    Args:
        connection: To an empty database with its tables.
        institutions: How many.
        today: The day that all days are counted back from.
    """
    crowd = _Crowd(institutions, today)
    for table, rows in (
        ("course", crowd.courses()),
        ("course_version", crowd.versions()),
        ("live_version", crowd.live()),
        ("course_text", crowd.texts()),
        ("module", crowd.modules()),
        ("institution", crowd.institutions()),
        ("unit", crowd.units()),
        ("post", crowd.posts()),
        ("user", crowd.users()),
        ("membership", crowd.memberships()),
        ("appointment", crowd.appointments()),
        ("training_plan", crowd.plans()),
        ("requirement", crowd.requirements()),
        ("enrolment", crowd.enrolments()),
        ("certificate", crowd.certificates()),
        ("certificate_event", crowd.events()),
    ):
        _write(connection, Base.metadata.tables[table], rows)
    connection.commit()


def _write(connection: Connection, table: Table, rows: Iterator[Row]) -> None:
    while part := list(islice(rows, STEP)):
        connection.execute(insert(table), part)


class _Crowd:
    """Rows with keys that follow from their place, so that nothing is looked up."""

    def __init__(self, institutions: int, today: date) -> None:
        self.count = institutions
        self.today = today
        self.now = datetime.combine(today, time(9), UTC)

    def day(self, offset: int) -> date:
        return self.today + timedelta(days=offset)

    def courses(self) -> Iterator[Row]:
        for key in range(1, COURSES + 1):
            yield {"id": key, "slug": f"course-{key}", "created_at": self.now}

    def versions(self) -> Iterator[Row]:
        for key in range(1, COURSES + 1):
            title = {"es": f"Competencia {key}", "en": f"Competency {key}"}
            grant = {"competency": f"K{key}", "level": 2, "titles": title}
            yield {
                "id": key,
                "course_id": key,
                "major": 1,
                "minor": 0,
                "content_hash": f"{key:064}",
                "sanitiser_version": "bench",
                "published_at": self.now,
                "source_language": "es",
                "quarter_hours": 40,
                "access": "members",
                "validity_months": 24,
                "eqf_level": 6,
                "final_minutes": 30,
                "byte_count": 1,
                "facts": {"grants": [grant], "prerequisites": [], "outcomes": []},
                "change_note": {},
                "sources": {},
            }

    def live(self) -> Iterator[Row]:
        for key in range(1, COURSES + 1):
            yield {"course_id": key, "course_version_id": key}

    def texts(self) -> Iterator[Row]:
        for key in range(1, COURSES + 1):
            yield {
                "course_version_id": key,
                "lang": "es",
                "title": f"Curso {key}",
                "summary": "",
                "outcomes": {},
                "body_html": "",
                "search_text": f"curso {key}",
            }

    def modules(self) -> Iterator[Row]:
        for key in range(1, COURSES + 1):
            yield {
                "id": key,
                "course_version_id": key,
                "number": 1,
                "slug": "module",
                "minutes": 60,
                "quiz_minutes": 0,
                "task_minutes": 0,
                "required": True,
                "content_hash": f"{key:064}",
            }

    def _all(self) -> range:
        return range(1, self.count + 1)

    def institutions(self) -> Iterator[Row]:
        for key in self._all():
            yield {
                "id": key,
                "slug": f"town-{key}",
                "name": f"Ayuntamiento {key:04}",
                "kind": "municipality",
                "country": "GT",
                "timezone": "America/Guatemala",
                "default_locale": "es",
                "created_at": self.now,
                "review_is_obligatory": False,
            }

    def units(self) -> Iterator[Row]:
        for key in self._all():
            yield {
                "id": key,
                "institution_id": key,
                "name": "Alcaldía",
                "is_pmu": True,
                "created_at": self.now,
            }

    def posts(self) -> Iterator[Row]:
        for key in self._all():
            for place, code in enumerate(PROFILES):
                yield {
                    "id": (key - 1) * len(PROFILES) + place + 1,
                    "institution_id": key,
                    "unit_id": key,
                    "profile_code": code,
                    "title": code,
                    "seats": 15,
                    "active_from": self.day(-900),
                    "created_at": self.now,
                }

    def _people(self) -> Iterator[tuple[int, int, int]]:
        """Yield institution, place in it, and key of every person."""
        for institution in self._all():
            for place in range(PEOPLE):
                yield institution, place, (institution - 1) * PEOPLE + place + 1

    def users(self) -> Iterator[Row]:
        for _institution, place, key in self._people():
            yield {
                "id": key,
                "email": f"person{key}@bench.example",
                "full_name": f"Persona {place:03} de la Institución",
                "password": "none",
                "active": True,
                "fs_uniquifier": f"{key:032}",
                "locale": "es",
                "created_at": self.now,
                "confirmed_at": self.now,
                "extra_time_percent": 0,
                "weekly_learning_hours": 2,
                "wants_optional_mail": True,
                "calendar_edition": 0,
            }

    def memberships(self) -> Iterator[Row]:
        for institution, place, key in self._people():
            yield {
                "user_id": key,
                "institution_id": institution,
                "role": "manager" if place == 0 else "learner",
                "from_on": self.day(-900),
            }

    def appointments(self) -> Iterator[Row]:
        for institution, place, key in self._people():
            post = (institution - 1) * len(PROFILES) + place % len(PROFILES) + 1
            yield {
                "institution_id": institution,
                "post_id": post,
                "user_id": key,
                "kind": "holder",
                "from_on": self.day(-800),
                "ends_with_mandate": False,
                "created_at": self.now,
            }

    def plans(self) -> Iterator[Row]:
        for key in self._all():
            yield {
                "id": key,
                "institution_id": key,
                "series": 1,
                "version": 1,
                "title": "Plan",
                "starts_on": self.day(-300),
                "ends_on": self.day(200),
                "target_bp": 9000,
                "revision": 1,
                "created_at": self.now,
                "review_note": "",
                "approved_on": self.day(-300),
                "act_reference": "1",
            }

    def requirements(self) -> Iterator[Row]:
        for key in self._all():
            for place in range(REQUIREMENTS):
                is_whole = place == 0
                profile = "" if is_whole else PROFILES[place % len(PROFILES)]
                yield {
                    "id": (key - 1) * REQUIREMENTS + place + 1,
                    "plan_id": key,
                    "ordinal": place + 1,
                    "audience_kind": "institution" if is_whole else "profile",
                    "audience_key": profile,
                    "course_id": place % COURSES + 1,
                    "due_on": self.day(30 * (place - 4)),
                    "weight": place % 3 + 1,
                    "reason_kind": "other",
                    "reason_text": "Bench",
                }

    def _earned(self) -> Iterator[tuple[int, int, int, date]]:
        """Yield key, person, course and day of every certificate."""
        key = 0
        for _institution, place, person in self._people():
            for number in range(CERTIFICATES):
                key += 1
                course = (place + number * 3) % COURSES + 1
                yield (
                    key,
                    person,
                    course,
                    self.day(-20 - (place * 7 + number * 90) % 720),
                )

    def enrolments(self) -> Iterator[Row]:
        for key, person, course, on in self._earned():
            begun = datetime.combine(on, time(9), UTC)
            yield {
                "id": key,
                "user_id": person,
                "course_id": course,
                "course_version_id": course,
                "cycle": 1,
                "started_at": begun - timedelta(days=20),
                "ended_at": begun,
            }

    def certificates(self) -> Iterator[Row]:
        for key, person, course, on in self._earned():
            yield {
                "id": key,
                "uuid": f"00000000-0000-4000-8000-{key:012}",
                "number": f"{key:012}",
                "enrolment_id": key,
                "user_id": person,
                "course_id": course,
                "claims": {},
                "issued_at": datetime.combine(on, time(9), UTC),
                "issued_on": on,
                "valid_until": on + timedelta(days=730),
            }

    def events(self) -> Iterator[Row]:
        for key, _person, _course, on in self._earned():
            yield {
                "certificate_id": key,
                "kind": "issued",
                "at": datetime.combine(on, time(9), UTC),
                "reason": "",
                "note": "",
            }
