"""The page of the bundle, opened from a folder: what it accepts and what it refuses."""

import base64
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import select
from sqlalchemy.orm import Session

from conexx_learn.domain.certificates import EventKind
from conexx_learn.models.credentials import IssuedPaper, SignedForm
from conexx_learn.queries.status_lists import kept_list
from conexx_learn.services.signing import sign_waiting
from conexx_learn.services.status_lists import sign_status_lists
from conexx_learn.services.verification_bundle import verification_bundle
from tests.browser.looking import COLOURS, EVERYTHING, sideways, violations
from tests.browser.readers import DESK, PHONE, WAIT_MILLISECONDS
from tests.factories import NOW
from tests.issuer_keys import PUBLIC_URL, install_keys
from tests.published import publish_sample
from tests.status_lists import add_event, make_certificate

PAPER = b"%PDF-1.7\nthe paper as it was handed out"
LATER = datetime(2031, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Issued:
    """What a holder has: each form of one certificate.

    Attributes:
        jws: The compact form.
        document: The form with an embedded proof.
    """

    jws: str
    document: str


@dataclass(frozen=True, slots=True)
class Scene:
    """An unpacked bundle, and certificates that it knows.

    Attributes:
        page: Its page.
        good: A certificate that nothing happened to.
        revoked: One that was taken back.
        demo: One of a demonstration.
        young: One that was signed after the lists.
        status_list: The compact form of the list.
    """

    page: Path
    good: Issued
    revoked: Issued
    demo: Issued
    young: Issued
    status_list: str


@pytest.fixture
def scene(session: Session, tmp_path: Path) -> Scene:
    """Issue, revoke, sign, and unpack a bundle."""
    publish_sample(session)
    folder = tmp_path / "keys"
    install_keys(session, folder, now=NOW)
    good, revoked, demo = (make_certificate(session) for _ in range(3))
    young = make_certificate(session)
    # A new mapping each: what changes inside one is not noticed.
    demo.claims = demo.claims | {"demo": True}
    tomorrow = (NOW + timedelta(days=1)).isoformat()
    young.claims = young.claims | {"issued_at": tomorrow}
    digest = sha256(PAPER).hexdigest()
    session.add(IssuedPaper(sha256=digest, certificate_id=good.id, made_at=NOW))
    add_event(session, revoked, EventKind.REVOKED)
    signed = [
        sign_waiting(public_url=PUBLIC_URL, folder=folder, demo=is_demo, now=NOW)
        for is_demo in (False, True)
    ]
    assert signed == [3, 1]
    sign_status_lists(public_url=PUBLIC_URL, folder=folder, now=NOW)
    kept = kept_list(session, number=1)
    assert kept is not None
    files = verification_bundle(
        session, public_url=PUBLIC_URL, demo=False, now=NOW
    ).files
    page = tmp_path / "index.html"
    page.write_bytes(files["index.html"])
    return Scene(
        page=page,
        good=_forms(session, good.id),
        revoked=_forms(session, revoked.id),
        demo=_forms(session, demo.id),
        young=_forms(session, young.id),
        status_list=kept.jwt_body,
    )


def _forms(session: Session, certificate_id: int) -> Issued:
    statement = select(SignedForm).where(SignedForm.certificate_id == certificate_id)
    rows = session.scalars(statement.order_by(SignedForm.form))
    bodies = {row.form: row.body for row in rows}
    return Issued(bodies["jwt"], bodies["json"])


OpenBundle = Callable[..., Page]


@pytest.fixture
def open_bundle(browser: Browser, scene: Scene) -> Iterator[OpenBundle]:
    """Give a function that opens the page from its folder, without any network."""
    contexts = []
    asked: list[str] = []
    wrong: list[str] = []

    def opener(lang: str = "en-GB", at: datetime = NOW + timedelta(days=2)) -> Page:
        context = browser.new_context(locale=lang, viewport=DESK)
        context.set_default_timeout(WAIT_MILLISECONDS)
        contexts.append(context)
        page = context.new_page()
        page.on("request", lambda request: asked.append(request.url))
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on(
            "console",
            lambda said: wrong.append(said.text) if said.type == "error" else None,
        )
        page.clock.set_fixed_time(at)
        page.goto(scene.page.as_uri())
        return page

    yield opener
    for context in contexts:
        context.close()
    assert all(url.startswith(("file:", "blob:")) for url in asked), asked
    assert not wrong, wrong


def choose(page: Page, name: str, content: bytes | str) -> None:
    raw = content if isinstance(content, bytes) else content.encode()
    page.get_by_label("File of the certificate").set_input_files(
        {"name": name, "mimeType": "application/octet-stream", "buffer": raw}
    )


def paste(page: Page, text: str) -> None:
    page.get_by_label("Or paste the text").fill(text)
    page.get_by_role("button", name="Verify the text").click()


def says(page: Page, word: str) -> None:
    expect(page.locator("#word")).to_have_text(word)


def test_a_certificate_is_verified_with_nothing_but_the_page(
    open_bundle: OpenBundle, scene: Scene
) -> None:
    page = open_bundle()

    choose(page, "certificate.jwt", scene.good.jws)

    says(page, "Valid")
    facts = page.locator("#facts")
    expect(facts).to_contain_text("Rosa Elena Cárdenas Ibarra")
    expect(facts).to_contain_text("Instrumentos de financiamiento de la UE")
    expect(facts).to_contain_text("7 October 2028")
    expect(facts).to_contain_text("16 November 2026")
    assert page.locator("#result").evaluate("it => it === document.activeElement")


def test_the_text_can_be_pasted_by_keyboard_alone(
    open_bundle: OpenBundle, scene: Scene
) -> None:
    page = open_bundle()
    page.get_by_label("Or paste the text").focus()
    page.keyboard.insert_text(f"\n {scene.good.jws} \n")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    says(page, "Valid")


def bent(jws: str) -> str:
    """Change the end of the signature."""
    return jws[:-8] + "AAAAAAAA"


def changed(jws: str, **members: object) -> str:
    """Change members of what was signed, and leave the signature as it is."""
    header, payload, signature = jws.split(".")
    said = json.loads(base64.urlsafe_b64decode(payload + "=="))
    packed = json.dumps(said | members).encode()
    text = base64.urlsafe_b64encode(packed).decode().rstrip("=")
    return f"{header}.{text}.{signature}"


def with_header(jws: str, **members: object) -> str:
    _, payload, signature = jws.split(".")
    header = jwt.get_unverified_header(jws) | members
    text = base64.urlsafe_b64encode(json.dumps(header).encode()).decode().rstrip("=")
    return f"{text}.{payload}.{signature}"


def signed_by_a_stranger(jws: str, **headers: object) -> str:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    payload = jwt.decode(jws, options={"verify_signature": False})
    kid = jwt.get_unverified_header(jws)["kid"]
    return jwt.encode(payload, key, "RS256", headers={"kid": kid} | headers)


@pytest.mark.parametrize(
    ("spoil", "word"),
    [
        pytest.param(lambda jws: changed(jws, name="X"), "Altered", id="another name"),
        pytest.param(
            lambda jws: changed(jws, exp=4_000_000_000), "Altered", id="another end"
        ),
        pytest.param(bent, "Altered", id="signature"),
        pytest.param(signed_by_a_stranger, "Altered", id="a stranger, our key's name"),
        pytest.param(
            lambda jws: signed_by_a_stranger(jws, kid="did:web:forger.example#1"),
            "Not issued here",
            id="a stranger",
        ),
        pytest.param(
            lambda jws: with_header(jws, alg="none"),
            "Not issued here",
            id="no algorithm",
        ),
        pytest.param(
            lambda jws: with_header(jws, alg="HS256"),
            "Not issued here",
            id="a shared key",
        ),
        pytest.param(
            lambda jws: with_header(jws, jwk={"kty": "RSA"}),
            "Not issued here",
            id="brings its key along",
        ),
        pytest.param(
            lambda jws: jws.rpartition(".")[0] + ".", "Cannot be read", id="unsigned"
        ),
        pytest.param(lambda _jws: "hello", "Cannot be read", id="anything"),
        pytest.param(lambda _jws: "", "Cannot be read", id="nothing"),
        pytest.param(lambda _jws: "." * 3000, "Cannot be read", id="dots"),
        pytest.param(lambda _jws: "x" * 1_048_577, "Cannot be read", id="too much"),
    ],
)
def test_what_was_not_signed_so_is_refused(
    open_bundle: OpenBundle, scene: Scene, spoil: Callable[[str], str], word: str
) -> None:
    page = open_bundle()

    paste(page, spoil(scene.good.jws))

    says(page, word)


def test_a_status_list_is_no_certificate(open_bundle: OpenBundle, scene: Scene) -> None:
    page = open_bundle()

    paste(page, scene.status_list)

    says(page, "Cannot be read")


def test_a_revoked_certificate_is_told(open_bundle: OpenBundle, scene: Scene) -> None:
    page = open_bundle()

    choose(page, "certificate.jwt", scene.revoked.jws)
    says(page, "Revoked")

    choose(page, "certificate.json", scene.revoked.document)
    says(page, "Revoked")


def test_an_expired_certificate_is_told(open_bundle: OpenBundle, scene: Scene) -> None:
    page = open_bundle(at=LATER)

    choose(page, "certificate.jwt", scene.good.jws)
    says(page, "Expired")

    choose(page, "certificate.json", scene.good.document)
    says(page, "Expired")


def test_a_certificate_of_the_future_is_told(
    open_bundle: OpenBundle, scene: Scene
) -> None:
    page = open_bundle(at=datetime(2026, 1, 1, tzinfo=UTC))

    choose(page, "certificate.jwt", scene.good.jws)

    says(page, "Not valid yet")


def test_a_certificate_younger_than_the_lists_is_not_called_valid(
    open_bundle: OpenBundle, scene: Scene
) -> None:
    page = open_bundle()

    choose(page, "certificate.jwt", scene.young.jws)

    says(page, "Not known")


def test_a_lost_key_proves_nothing(open_bundle: OpenBundle, scene: Scene) -> None:
    text = scene.page.read_text(encoding="utf-8")
    lost = text.replace('"compromised": null', '"compromised": "2026-11-17"')
    assert lost != text
    scene.page.write_text(lost, encoding="utf-8")
    page = open_bundle()

    choose(page, "certificate.jwt", scene.good.jws)
    says(page, "Signature that no longer counts")

    # The lists of that key count no more either.
    choose(page, "certificate.json", scene.good.document)
    says(page, "Not known")


def test_a_demonstration_is_never_valid(open_bundle: OpenBundle, scene: Scene) -> None:
    page = open_bundle()

    for name, content in (("a.jwt", scene.demo.jws), ("a.json", scene.demo.document)):
        choose(page, name, content)
        says(page, "Demonstration, not valid")


def test_a_paper_is_known_by_its_bytes(open_bundle: OpenBundle, scene: Scene) -> None:
    page = open_bundle()

    choose(page, "certificate.pdf", PAPER)
    says(page, "Genuine")

    choose(page, "certificate.pdf", PAPER.replace(b"handed", b"edited"))
    says(page, "Not a file that was handed out")


def test_a_document_is_known_by_its_bytes(
    open_bundle: OpenBundle, scene: Scene
) -> None:
    page = open_bundle()

    choose(page, "certificate.json", scene.good.document)
    says(page, "Valid")

    choose(page, "certificate.json", scene.good.document.replace("Rosa", "Rita"))
    says(page, "Not a file that was handed out")


def test_a_picture_carries_its_certificate(
    open_bundle: OpenBundle, scene: Scene
) -> None:
    page = open_bundle()
    space = 'xmlns:openbadges="https://purl.imsglobal.org/ob/v3p0"'
    inside = f'<openbadges:credential {space} verify="{scene.good.jws}"/>'

    choose(page, "badge.svg", f"<svg>{inside}</svg>")
    says(page, "Valid")

    choose(page, "badge.svg", "<svg><script>alert(1)</script></svg>")
    says(page, "Cannot be read")


def test_the_page_speaks_both_languages(open_bundle: OpenBundle, scene: Scene) -> None:
    page = open_bundle(lang="es-MX")
    assert page.evaluate("document.documentElement.lang") == "es"
    page.get_by_label("Archivo de la constancia").set_input_files(
        {"name": "a.jwt", "mimeType": "text/plain", "buffer": scene.good.jws.encode()}
    )
    says(page, "Vigente")
    expect(page.locator("#facts")).to_contain_text("7 de octubre de 2028")

    page.get_by_role("button", name="English").click()

    says(page, "Valid")
    assert page.evaluate("document.documentElement.lang") == "en"


def test_the_page_is_for_everybody(open_bundle: OpenBundle, scene: Scene) -> None:
    page = open_bundle()
    for word, content in (("Valid", scene.good.jws), ("Altered", bent(scene.good.jws))):
        paste(page, content)
        says(page, word)
        for size in (DESK, PHONE):
            page.set_viewport_size(size)
            page.emulate_media(color_scheme="light")
            assert violations(page, EVERYTHING) == [], f"{size['width']} px"
            page.emulate_media(color_scheme="dark")
            assert violations(page, COLOURS) == [], f"{size['width']} px, dark"
        assert sideways(page) <= 0, "scrolls sideways at 320 px"
