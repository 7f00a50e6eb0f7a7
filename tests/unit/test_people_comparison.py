"""A list beside what is there: who is meant, what changes, what is unclear."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from conexx_learn.domain.appointments import Term
from conexx_learn.domain.people_import import ImportRow
from conexx_learn.domain.people_import.changes import Coming, ImportPlan
from conexx_learn.domain.people_import.comparison import import_plan
from conexx_learn.domain.people_import.known import (
    KnownAppointment,
    KnownInstitution,
    KnownPerson,
    KnownPost,
)
from conexx_learn.domain.people_import.post_profiles import suggested_profile
from conexx_learn.domain.readiness.facts import AppointmentKind
from conexx_learn.domain.sentences.people_comparison import (
    COMPARISON_PROBLEMS,
    import_sentence,
)
from conexx_learn.domain.sentences.people_problems import PEOPLE_PROBLEMS

TODAY = date(2026, 11, 16)
MARCH, JUNE = date(2026, 3, 1), date(2026, 6, 30)
ANA = KnownPerson(1, "Ana Robles Tzul", "ana@xaltepec.example")
JUAN = KnownPerson(2, "Juan Hernández", username="juan.hernandez")
CHIEF = KnownPost(11, 21, "Jefatura de obras", "HEAD", seats=1)
PROFILES = {"pm": "PM", "gerencia de proyectos": "PM", "tech": "TECH"}
TITLES = {"PM": "Gerencia de proyectos", "TECH": "Personal técnico"}


def town(**overrides: Any) -> KnownInstitution:
    """Make a town hall with two people, one unit and one post that Juan holds."""
    values: dict[str, Any] = {
        "today": TODAY,
        "name": "Xaltepec",
        "people": [ANA, JUAN],
        "units": {21: "Obras públicas"},
        "posts": [CHIEF],
        "appointments": [KnownAppointment(31, 2, 11, Term())],
        "profiles": PROFILES,
        "profile_titles": TITLES,
    }
    return KnownInstitution(**(values | overrides))


def compare(*rows: ImportRow, known: KnownInstitution | None = None) -> ImportPlan:
    return import_plan(rows, known or town())


def codes(plan: ImportPlan) -> list[tuple[int, str]]:
    return [(problem.line, problem.code) for problem in plan.problems]


def remarked(plan: ImportPlan) -> set[str]:
    return {remark.code for remark in plan.remarks}


def seats(plan: ImportPlan) -> list[tuple[str, str, int]]:
    return [(post.title, post.profile, post.seats) for post in plan.posts]


# Who is meant -----------------------------------------------------------------------


def test_who_is_not_here_gets_an_account_and_a_post_with_its_unit() -> None:
    plan = compare(
        ImportRow(2, "Rosa Caal", "rosa@x.example", unit="Agua", post="Chofer"),
        ImportRow(3, "Luis Caal", unit="Agua", post="Chofer", from_on=MARCH),
    )

    assert [person.coming for person in plan.people] == [Coming.NEW, Coming.NEW]
    assert plan.units == ("Agua",)
    assert seats(plan) == [("Chofer", "TECH", 2)]
    assert [one.term for one in plan.appointments] == [Term(), Term(from_on=MARCH)]


def test_an_address_says_who_is_meant_and_the_name_on_record_stays() -> None:
    plan = compare(ImportRow(2, "Ana R. Tzul", "ana@xaltepec.example"))

    assert [(p.user_id, p.name, p.coming) for p in plan.people] == [
        (1, "Ana Robles Tzul", Coming.HERE)
    ]
    assert remarked(plan) == {"name-kept"}
    assert plan.changes_nothing
    assert plan.unchanged == 1


def test_a_name_without_accents_and_capitals_is_the_same_name() -> None:
    plan = compare(ImportRow(2, "ANA ROBLES TZUL", "ana@xaltepec.example"))

    assert plan.remarks == ()


def test_a_username_says_who_is_meant_and_takes_an_address() -> None:
    row = ImportRow(2, "Juan Hernández", "juan@x.example", "juan.hernandez")

    plan = compare(row)

    assert [(p.user_id, p.email) for p in plan.people] == [(2, "juan@x.example")]
    assert not plan.changes_nothing


def test_an_address_is_not_taken_from_who_has_a_role_elsewhere() -> None:
    juan = replace(JUAN, is_theirs=False)
    row = ImportRow(2, "Juan Hernández", "juan@x.example", "juan.hernandez")

    plan = compare(row, known=town(people=[juan]))

    assert plan.changes_nothing
    assert remarked(plan) == {"email-kept"}


def test_another_address_never_replaces_the_one_on_record() -> None:
    ana = replace(ANA, username="ana.robles")
    row = ImportRow(2, "Ana Robles Tzul", "other@x.example", "ana.robles")

    plan = compare(row, known=town(people=[ana]))

    assert plan.changes_nothing
    assert remarked(plan) == {"email-kept"}


def test_an_address_and_a_username_of_two_people_are_refused() -> None:
    row = ImportRow(4, "Ana", "ana@xaltepec.example", "juan.hernandez")

    assert codes(compare(row)) == [(4, "identities-differ")]


def test_name_and_post_together_say_who_is_meant() -> None:
    row = ImportRow(2, "juan hernandez", post="jefatura de OBRAS")

    plan = compare(row)

    assert [person.user_id for person in plan.people] == [2]
    assert plan.changes_nothing


def test_the_same_name_in_another_post_is_somebody_else_and_it_is_said() -> None:
    plan = compare(ImportRow(2, "Juan Hernández", unit="Obras públicas", post="Chofer"))

    assert [person.coming for person in plan.people] == [Coming.NEW]
    assert remarked(plan) == {"namesake"}


def test_a_name_alone_says_who_is_meant_where_names_are_said_to_tell() -> None:
    row = ImportRow(2, "Juan Hernández", unit="Obras públicas", post="Chofer")

    plan = compare(row, known=town(names_tell=True))

    assert [person.user_id for person in plan.people] == [2]


def test_who_has_no_post_yet_is_known_by_the_name() -> None:
    plan = compare(ImportRow(2, "Ana Robles Tzul", post="Jefatura de obras"))

    assert [person.user_id for person in plan.people] == [1]
    assert plan.begun == 1


def test_two_namesakes_without_an_identity_are_unclear() -> None:
    twins = [replace(ANA, id=5, email=""), replace(ANA, id=6, email="")]

    plan = compare(ImportRow(7, "Ana Robles Tzul"), known=town(people=twins))

    assert codes(plan) == [(7, "several-people")]


def test_of_two_namesakes_the_one_who_left_is_not_meant() -> None:
    twins = [replace(ANA, id=5, email="", is_here=False), replace(ANA, id=6, email="")]

    plan = compare(ImportRow(7, "Ana Robles Tzul"), known=town(people=twins))

    assert [person.user_id for person in plan.people] == [6]


def test_who_left_comes_back() -> None:
    gone = replace(ANA, is_here=False)

    plan = compare(
        ImportRow(2, "Ana", "ana@xaltepec.example"), known=town(people=[gone])
    )

    assert plan.arrivals(Coming.BACK) == 1


@pytest.mark.parametrize("takes", [False, True])
def test_an_account_from_elsewhere_is_not_a_managers_to_know(takes: bool) -> None:
    known = town(strangers={"eva@else.example": 77}, takes_strangers=takes)

    plan = compare(ImportRow(2, "Eva", "eva@else.example"), known=known)

    if takes:
        assert [(p.coming, p.user_id) for p in plan.people] == [(Coming.ELSEWHERE, 77)]
    else:
        assert codes(plan) == []
        person = plan.people[0]
        assert (person.coming, person.user_id) == (Coming.NEW, None)
        assert (person.owner_id, person.email) == (77, "eva@else.example")


def test_who_said_no_is_not_taken_in_by_a_list() -> None:
    eva = KnownPerson(3, "Eva", "eva@else.example", is_here=False, has_declined=True)

    plan = compare(ImportRow(2, "Eva", "eva@else.example"), known=town(people=(eva,)))

    assert codes(plan) == [(2, "person-declined")]
    assert plan.people == ()


def test_several_lines_may_be_about_one_new_person() -> None:
    plan = compare(
        ImportRow(2, "Rosa Caal", "r@x.example", "rosa", "Agua", "Chofer"),
        ImportRow(3, "Rosa Caal", "", "rosa", "Agua", "Guarda"),
    )

    assert [(p.line, p.email, p.username) for p in plan.people] == [
        (2, "r@x.example", "rosa")
    ]
    assert plan.begun == 2


# Where ------------------------------------------------------------------------------


def test_a_profile_alone_makes_the_post_of_that_profile() -> None:
    plan = compare(ImportRow(2, "Rosa", profile="PM", unit="Obras públicas"))

    assert seats(plan) == [("Gerencia de proyectos", "PM", 1)]
    assert plan.units == ()


def test_a_post_without_a_unit_goes_into_the_only_one() -> None:
    plan = compare(ImportRow(2, "Rosa", post="Tesorera"))

    assert [(post.unit, post.profile) for post in plan.posts] == [
        ("Obras públicas", "FIN")
    ]


def test_a_post_without_a_unit_is_unclear_where_there_are_several() -> None:
    known = town(units={21: "Obras públicas", 22: "Agua"})

    assert codes(compare(ImportRow(2, "Rosa", post="Chofer"), known=known)) == [
        (2, "unit-missing")
    ]


def test_without_any_unit_the_institution_itself_becomes_one() -> None:
    known = town(units={}, posts=[], appointments=[])

    assert compare(ImportRow(2, "Rosa", post="Chofer"), known=known).units == (
        "Xaltepec",
    )


def test_a_line_without_the_unit_means_the_post_of_another_line() -> None:
    known = town(units={21: "Obras públicas", 22: "Agua"})

    plan = compare(
        ImportRow(2, "Rosa", post="Guarda"),
        ImportRow(3, "Luis", unit="Agua", post="Guarda"),
        known=known,
    )

    assert plan.problems == ()
    assert seats(plan) == [("Guarda", "TECH", 2)]


def test_one_title_in_two_units_needs_the_unit() -> None:
    second = KnownPost(12, 22, "Jefatura de obras", "HEAD", seats=1)
    known = town(units={21: "Obras", 22: "Agua"}, posts=[CHIEF, second])

    plan = compare(ImportRow(2, "Rosa", post="Jefatura de obras"), known=known)

    assert codes(plan) == [(2, "several-posts")]


def test_a_post_that_is_there_keeps_its_profile_and_its_seats() -> None:
    plan = compare(ImportRow(2, "Rosa", post="Jefatura de obras", profile="PM"))

    assert plan.posts == ()
    assert remarked(plan) == {"profile-kept", "more-holders"}


def test_a_unit_without_a_post_is_not_stored() -> None:
    plan = compare(ImportRow(2, "Rosa", unit="Agua"))

    assert plan.units == ()
    assert remarked(plan) == {"unit-unused"}


# Since when -------------------------------------------------------------------------


def juan_row(**overrides: Any) -> ImportRow:
    values: dict[str, Any] = {"line": 2, "name": "Juan Hernández"}
    return ImportRow(
        **(
            values
            | {"username": "juan.hernandez", "post": "Jefatura de obras"}
            | overrides
        )
    )


def with_terms(*terms: Term) -> KnownInstitution:
    """Make the town hall with Juan in the post at these times."""
    return town(
        appointments=[
            KnownAppointment(30 + number, 2, 11, term)
            for number, term in enumerate(terms, start=1)
        ]
    )


def test_a_missing_first_day_is_filled_in() -> None:
    plan = compare(juan_row(from_on=MARCH))

    assert [(one.appointment_id, one.term) for one in plan.appointments] == [
        (31, Term(from_on=MARCH))
    ]
    assert plan.corrected == 1


def test_what_a_list_leaves_out_stays() -> None:
    kept = Term(AppointmentKind.DEPUTY, MARCH, None, ends_with_mandate=True)

    assert compare(juan_row(), known=with_terms(kept)).changes_nothing


def test_a_last_day_ends_the_appointment_that_lasts() -> None:
    plan = compare(juan_row(to_on=JUNE), known=with_terms(Term(from_on=MARCH)))

    assert [one.term.to_on for one in plan.appointments] == [JUNE]


def test_a_last_day_before_the_first_on_record_is_refused() -> None:
    early = date(2026, 1, 1)

    plan = compare(juan_row(to_on=early), known=with_terms(Term(from_on=MARCH)))

    assert codes(plan) == [(2, "dates-reversed-known")]


def test_a_time_that_touches_none_before_is_a_new_appointment() -> None:
    july = date(2026, 7, 1)

    plan = compare(
        juan_row(from_on=july), known=with_terms(Term(from_on=MARCH, to_on=JUNE))
    )

    assert plan.begun == 1


def test_a_time_that_touches_the_last_day_of_one_before_corrects_it() -> None:
    plan = compare(
        juan_row(from_on=JUNE), known=with_terms(Term(from_on=MARCH, to_on=JUNE))
    )

    assert plan.corrected == 1


def test_who_left_the_post_needs_the_day_of_coming_back() -> None:
    known = with_terms(Term(from_on=MARCH, to_on=JUNE))

    assert codes(compare(juan_row(), known=known)) == [(2, "return-needs-day")]
    assert compare(juan_row(to_on=JUNE), known=known).changes_nothing


def test_two_appointments_that_a_line_may_mean_are_unclear() -> None:
    known = with_terms(Term(from_on=date(2025, 1, 1), to_on=MARCH), Term(from_on=JUNE))

    plan = compare(juan_row(from_on=date(2025, 2, 1)), known=known)

    assert codes(plan) == [(2, "several-appointments")]


def test_two_lines_for_one_post_at_one_time_are_refused() -> None:
    plan = compare(juan_row(), juan_row(line=3, from_on=MARCH))

    assert (3, "twice-in-post") in codes(plan) or (2, "twice-in-post") in codes(plan)


def as_known(plan: ImportPlan, before: KnownInstitution) -> KnownInstitution:
    """Return the town hall as it is once a list is stored."""
    units = {**before.units}
    units |= {100 + n: name for n, name in enumerate(plan.units)}
    keys = {name: key for key, name in units.items()}
    posts = {id(post): 200 + n for n, post in enumerate(plan.posts)}
    people = {id(p): p.user_id or 300 + n for n, p in enumerate(plan.people)}
    return replace(
        before,
        units=units,
        posts=[
            *before.posts,
            *(
                KnownPost(posts[id(p)], keys[p.unit], p.title, p.profile, p.seats)
                for p in plan.posts
            ),
        ],
        people=[
            *before.people,
            *(
                KnownPerson(people[id(p)], p.name, p.email, p.username or f"u{p.line}")
                for p in plan.people
                if p.coming is Coming.NEW
            ),
        ],
        appointments=[
            *before.appointments,
            *(
                KnownAppointment(
                    400 + n,
                    people[id(one.person)],
                    one.post.post_id or posts[id(one.post)],
                    one.term,
                )
                for n, one in enumerate(plan.appointments)
            ),
        ],
    )


REAL: Sequence[ImportRow] = (
    ImportRow(2, "Rosa Caal", "rosa@x.example", unit="Agua", post="Chofer"),
    ImportRow(3, "Luis Caal", unit="Agua", post="Chofer", from_on=MARCH),
    ImportRow(4, "Eva", username="eva.x", unit="Agua", post="Tesorera", to_on=JUNE),
    ImportRow(5, "Leo"),
    ImportRow(6, "Ida", profile="PM", unit="Agua", kind=AppointmentKind.DEPUTY),
)


def test_the_same_list_again_changes_nothing() -> None:
    first = compare(*REAL)
    assert first.problems == ()
    assert not first.changes_nothing

    again = compare(*REAL, known=as_known(first, town()))

    assert again.problems == ()
    assert again.changes_nothing
    assert again.unchanged == len(REAL)


@pytest.mark.parametrize(
    ("title", "code"),
    [
        ("Gerencia de proyectos", "PM"),
        ("Jefa de proyectos", "PM"),
        ("TESORERÍA", "FIN"),
        ("Contador general", "FIN"),
        ("Directora de planeación", "HEAD"),
        ("Jefe de obras", "HEAD"),
        ("Regidora de hacienda", "ELECTED"),
        ("Presidente municipal", "ELECTED"),
        ("Enlace internacional", "LIAISON"),
        ("Responsable de monitoreo", "MEAL"),
        ("Auxiliar administrativo", "TECH"),
        ("Secretaria", "TECH"),
        ("", "TECH"),
    ],
)
def test_the_title_of_a_post_suggests_a_profile(title: str, code: str) -> None:
    assert suggested_profile(title, {}) == code


def test_a_title_that_is_a_profiles_is_that_profile() -> None:
    assert (
        suggested_profile("gerencia de PROYECTOS", {"gerencia de proyectos": "X"})
        == "X"
    )


def test_every_code_has_its_own_sentence_in_both_languages() -> None:
    assert not set(COMPARISON_PROBLEMS) & set(PEOPLE_PROBLEMS)
    plan = compare(ImportRow(4, "Ana", "ana@xaltepec.example", "juan.hernandez"))
    told = {import_sentence(plan.problems[0], lang) for lang in ("es_MX", "en")}
    assert len(told) == 2
