"""The town halls of the demonstration, with the figures that its tests expect."""

from sqlalchemy import select

from conexx_learn.models.catalogue import Course
from conexx_learn.services import (
    demo_izalpa,
    demo_neighbours,
    demo_requests,
    demo_versions,
    demo_works,
    demo_xaltepec,
)
from conexx_learn.services.demo_office import ALL_COURSES, remind_in_person
from conexx_learn.services.demo_scene import Cast, town

MORNING = -3
"""Since when people without a mailbox wait to be told."""


def tell_towns(cast: Cast) -> None:
    """Found the town halls, and tell what became of their plans.

    The order matters: what nobody knew yet when a plan was approved is written down
    afterwards, so that it stands on the worklist. Without all ten courses there is
    nothing that a plan could ask for, and only people and posts are there.
    """
    xaltepec, izalpa = town(cast, "xaltepec"), town(cast, "izalpa")
    harribide, chorti = town(cast, "harribide"), town(cast, "chorti-sur")
    posts = demo_xaltepec.found_xaltepec(xaltepec)
    demo_xaltepec.enter_calls(xaltepec)
    appointments = demo_izalpa.found_izalpa(izalpa)
    demo_neighbours.found_harribide(harribide)
    demo_neighbours.found_chorti_sur(chorti)
    demo_neighbours.found_san_jacinto(town(cast, "san-jacinto"))
    if _has_every_course(cast):
        demo_versions.publish_former_course(cast)
        demo_xaltepec.write_plans(xaltepec)
        demo_izalpa.write_plan(izalpa)
        demo_versions.withdraw_former_course(cast)
        pilots = demo_versions.publish_pilots(cast)
        demo_xaltepec.learn_in_xaltepec(xaltepec, pilots)
        demo_izalpa.learn_in_izalpa(izalpa, pilots)
        demo_izalpa.ask_for_exemptions(izalpa)
        demo_neighbours.write_plans_and_learn(harribide)
        demo_works.write_dossiers(harribide)
        demo_neighbours.write_late_plan(chorti)
        demo_requests.ask_to_be_exempt(xaltepec)
    demo_xaltepec.let_time_pass(xaltepec, posts)
    remind_in_person(xaltepec, on=MORNING)
    demo_izalpa.let_pablo_leave(izalpa, appointments)


def _has_every_course(cast: Cast) -> bool:
    known = cast.session.scalars(
        select(Course.slug).where(Course.slug.in_(ALL_COURSES))
    ).all()
    return set(known) == set(ALL_COURSES)
