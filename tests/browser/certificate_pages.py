"""The pages of a certificate, in every state, for whoever checks it and its holder."""

from playwright.sync_api import FilePayload, Page, expect
from sqlalchemy import select
from sqlalchemy.orm import Session

from conexx_learn.adapters.clock import now
from conexx_learn.domain.identifiers import grouped
from conexx_learn.models.accounts import User
from conexx_learn.models.certification import Certificate, CertificateEvent
from conexx_learn.services.signing import sign_waiting
from conexx_learn.services.status_lists import sign_status_lists
from tests.browser.page_types import PageType, World
from tests.browser.served_product import ServedProduct

COMPARE = "main form[enctype] .button"
CORRECTION = "/me/certificates/{own}/correction"
DESK = "/admin/certificates"


def _show(page: Page, content: bytes) -> None:
    file: FilePayload = {"name": "x.json", "mimeType": "", "buffer": content}
    page.goto("/verify")
    page.set_input_files("#file", files=[file])
    page.locator(COMPARE).click()


def _issued(page: Page) -> bytes:
    """Download the credential of the certificate whose page is open."""
    link = page.locator("main a[href^='/credentials/'][href$='.json']")
    address = link.first.get_attribute("href")
    answer = page.request.get(str(address))
    assert answer.ok
    return answer.body()


def _show_issued(page: Page) -> None:
    _show(page, _issued(page))
    expect(page.locator(".notice--ok")).to_be_visible()


def _show_altered(page: Page) -> None:
    _show(page, _issued(page).replace(b'"validFrom":"20', b'"validFrom":"30'))
    expect(page.locator(".notice--bad code")).to_be_visible()


def _show_foreign(page: Page) -> None:
    _show(page, b'{"id": "https://elsewhere.example/1"}')
    expect(page.locator(".verdict")).to_be_visible()


def _send_nothing(page: Page) -> None:
    """Send a form as a browser does that does not check it first."""
    button = page.locator("main form[method=post] .button").first
    button.evaluate("button => { button.form.noValidate = true }")
    button.click()
    expect(page.locator("main [role=alert]")).to_be_visible()


def _show_nothing(page: Page) -> None:
    page.locator(COMPARE).click()
    expect(page.locator("[role=alert]")).to_be_visible()


CERTIFICATE_PAGES = (
    PageType("name hidden", "/verify/{hidden}"),
    PageType("register altered", "/verify/{altered}"),
    PageType("file as issued", "/verify/{valid}", act=_show_issued),
    PageType("file altered", "/verify/{valid}", act=_show_altered),
    PageType("file not issued here", "/verify", act=_show_foreign),
    PageType("no file sent", "/verify", act=_show_nothing),
    PageType("is it this person", "/verify/{valid}/person"),
    PageType("achievement", "{achievement}"),
    PageType("my certificate", "/me/certificates/{own}", "ana"),
    PageType("name to correct", CORRECTION, "ana"),
    PageType("name not given", CORRECTION, "ana", _send_nothing),
    PageType("expired", "/verify/{expired}"),
    PageType("suspended", "/verify/{doubted}"),
    PageType("replaced", "/verify/{superseded}"),
    PageType("register of certificates", DESK, "coordinator"),
    PageType("no certificate fits", f"{DESK}?q=xyzzy", "coordinator"),
    PageType("certificate to revoke", f"{DESK}/{{doubted}}", "coordinator"),
    PageType("certificate to correct", f"{DESK}/{{misspelt}}", "coordinator"),
    PageType("correction", f"{DESK}/{{misspelt}}/correction", "coordinator"),
    PageType("refusal", f"{DESK}/{{misspelt}}/refusal", "coordinator"),
    PageType(
        "refusal in silence",
        f"{DESK}/{{misspelt}}/refusal",
        "coordinator",
        _send_nothing,
    ),
    PageType("suspension", f"{DESK}/{{valid}}/suspension", "coordinator"),
    PageType("reinstatement", f"{DESK}/{{doubted}}/reinstatement", "coordinator"),
    PageType("revocation", f"{DESK}/{{valid}}/revocation", "coordinator"),
    PageType(
        "revocation without a reason",
        f"{DESK}/{{valid}}/revocation",
        "coordinator",
        _send_nothing,
    ),
    PageType("approval", f"{DESK}/{{doubted}}/approval", "coordinator"),
    PageType("withdrawal", f"{DESK}/{{doubted}}/withdrawal", "coordinator"),
)


def _latest(session: Session, kind: str, *, unless: str) -> str:
    """Return the newest certificate to which the one happened and not the other."""
    ended = select(CertificateEvent.certificate_id).where(
        CertificateEvent.kind == unless
    )
    number = session.scalars(
        select(Certificate.number)
        .join(CertificateEvent)
        .where(CertificateEvent.kind == kind, Certificate.id.not_in(ended))
        .order_by(CertificateEvent.id.desc())
    ).first()
    return grouped(str(number))


def enter_certificates(served: ServedProduct, session: Session, world: World) -> None:
    """Sign what was issued; hide a name, and change a certificate behind its back."""
    keys = served.keys
    sign_waiting(public_url=served.address, folder=keys, demo=True, now=now())
    sign_status_lists(public_url=served.address, folder=keys, demo=True, now=now())
    whole = session.scalars(
        select(Certificate)
        .where(
            Certificate.id.not_in(
                select(CertificateEvent.certificate_id).where(
                    CertificateEvent.kind != "issued"
                )
            )
        )
        .order_by(Certificate.number)
    ).all()
    valid, *_, altered, hidden = whole
    hidden.hides_name = True
    altered.claims = altered.claims | {"score": 1}
    own = session.scalars(
        select(Certificate.number)
        .join(User, User.id == Certificate.user_id)
        .where(User.email == "ana@xaltepec.example")
        .order_by(Certificate.number)
    ).first()
    doubted = _latest(session, "revocation-proposed", unless="revoked")
    misspelt = _latest(session, "correction-asked", unless="superseded")
    expired = session.scalars(
        select(Certificate.number)
        .where(Certificate.valid_until < now().date())
        .order_by(Certificate.number)
    ).first()
    claims = valid.claims
    addresses = {
        "valid": grouped(valid.number),
        "hidden": grouped(hidden.number),
        "altered": grouped(altered.number),
        "own": grouped(str(own)),
        "expired": grouped(str(expired)),
        "doubted": doubted,
        "misspelt": misspelt,
        "superseded": _latest(session, "superseded", unless="revoked"),
        "achievement": (
            f"/achievements/{claims['course_slug']}/{claims['course_version']}"
        ),
    }
    world.addresses.update(addresses)
    session.commit()
