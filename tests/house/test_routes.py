"""Every page says who may open it; the public ones are listed here by name."""

from collections.abc import Iterator

from flask import Flask

from conexx_learn.web.access import PERMISSION

PUBLIC = {
    # What anybody reads.
    "home.index",
    "catalogue.index",
    "catalogue.show",
    "glossary.index",
    "media.show",
    "pages.accessibility",
    "pages.help",
    "pages.privacy",
    # A course with open access; the view asks for an account where it is not.
    "modules.complete",
    "modules.show",
    "offline.show",
    # Whoever was handed a certificate.
    "certificates.paper",
    "achievements.show",
    "credentials.compact",
    "credentials.document",
    "credentials.paper",
    "credentials.picture",
    "credentials.show",
    "holder_checks.compare",
    "holder_checks.show",
    "presented_files.compare",
    "status_lists.show",
    "status_lists.show_jwt",
    "issuer_logos.show",
    "verification.index",
    "verification.show",
    "verification.show_short",
    "verification.show_spanish",
    # Whoever verifies: what the issuer's keys are.
    "issuer_documents.did",
    "issuer_documents.jwks",
    "issuer_documents.key",
    "issuance_log.head",
    # The way to an account, and back to one.
    "joining.create",
    "joining.index",
    "joining.show",
    "recovery.create",
    "recovery.edit",
    "recovery.new",
    "recovery.update",
    "registration.complete",
    "registration.confirm",
    "registration.create",
    "registration.new",
    "security.enter",
    "security.login",
    "security.logout",
    # Whoever was sent the secret address: of a calendar, of giving up a mail.
    "calendars.show",
    "optional_mail.edit",
    "optional_mail.update",
    # The doors of the demonstration: this machine alone, and only while DEMO=1.
    "demo.enter",
    "demo.phone",
    "demo.switch_role",
    # What operators ask, and on this machine alone the messages kept.
    "operations.healthz",
    "operations.readyz",
    "post_box.index",
    "post_box.show",
}
"""Who is not signed in may open these; whatever else they ask is asked inside."""


def permissions(app: Flask) -> Iterator[tuple[str, str | None]]:
    """List each endpoint with its permission; None where nobody said."""
    for rule in app.url_map.iter_rules():
        view = app.view_functions[rule.endpoint]
        yield rule.endpoint, getattr(view, PERMISSION, None)


def test_every_page_says_who_may_open_it(app: Flask) -> None:
    silent = sorted({name for name, who in permissions(app) if who is None})

    assert not silent, f"Put @public or @requires(Role.…) on the views of {silent}"


def test_the_public_pages_are_those_that_are_listed(app: Flask) -> None:
    public = {name for name, who in permissions(app) if who == "public"}

    assert not public - PUBLIC, (
        f"Read these views once more, then list them here: {sorted(public - PUBLIC)}"
    )
    assert not PUBLIC - public, f"No longer public: {sorted(PUBLIC - public)}"
