"""A list of people is sent, looked at, and stored as a whole."""

from flask import (
    Blueprint,
    Response,
    flash,
    g,
    redirect,
    render_template,
    request,
)
from flask.typing import ResponseReturnValue
from flask_login import current_user

from conexx_learn.adapters.clock import now
from conexx_learn.domain.people_import.changes import Coming
from conexx_learn.domain.people_import.decoding import MOST_BYTES
from conexx_learn.domain.people_import.reading import MOST_ROWS
from conexx_learn.domain.permissions import Role
from conexx_learn.domain.sentences.people_comparison import import_sentence
from conexx_learn.queries.frameworks import job_profiles
from conexx_learn.queries.institution_facts import InstitutionPlace
from conexx_learn.services import people_import as verbs
from conexx_learn.services.people_import import ComparedList
from conexx_learn.services.unit_of_work import reading, unit_of_work
from conexx_learn.web.access import actor, requires
from conexx_learn.web.addresses import url_for
from conexx_learn.web.filters import in_language
from conexx_learn.web.institution.doors import managed_place
from conexx_learn.web.language import gettext as _
from conexx_learn.web.language import page_language
from conexx_learn.web.uploads import takes_file

people_import = Blueprint("people_import", __name__, url_prefix="/institutions")
UNPROCESSABLE = 422
MOST_SHOWN = 100
"""Lines of a list that a page shows of each kind; it says how many more there are."""
TEMPLATES = {
    "es": """\
Nombre;Apellidos;Correo;Usuario;Área;Puesto;Perfil;Tipo;Desde;Hasta;Termina con el mandato
Ana;Robles Tzul;ana@xaltepec.example;;Planeación;Gerencia de proyectos;PM;titular;2025-03-03;;no
""",  # noqa: E501 (a line of a file)
    "en": """\
First name,Surnames,E-mail,Username,Unit,Post,Profile,Kind,From,To,Ends with mandate
Ana,Robles Tzul,ana@xaltepec.example,,Planning,Project manager,PM,holder,2025-03-03,,no
""",
}
"""Language to the headings of a list and one fictional person."""

ROOM_FOR_FIELDS = 64 * 1024
LARGEST_REQUEST = MOST_BYTES + ROOM_FOR_FIELDS


@people_import.get("/<slug>/people/import")
@requires(Role.MANAGER)
def new(slug: str) -> Response:
    """Say what a list looks like, and ask for one."""
    return _page(managed_place(slug), "")


@people_import.post("/<slug>/people/import")
@takes_file(most_bytes=LARGEST_REQUEST)
@requires(Role.MANAGER)
def create(slug: str) -> ResponseReturnValue:
    """Keep a list, to be looked at; nothing of it is stored yet."""
    place = managed_place(slug)
    sent = request.files.get("file")
    content = sent.read() if sent else b""
    if sent is not None:
        # A large one lies in a file of its own until it is closed.
        sent.close()
    if sent is None or not content:
        return _page(place, _("Choose the file with the list.")), UNPROCESSABLE
    if len(content) > MOST_BYTES:
        error = _("The file is larger than 8 MB. Split it into several lists.")
        return _page(place, error), UNPROCESSABLE
    with unit_of_work() as session:
        file_id = verbs.keep_file(
            session,
            institution_id=place.id,
            name=sent.filename or "",
            content=content,
            now=now(),
            user_id=current_user.id,
        )
    return redirect(url_for("people_import.show", slug=slug, file_id=file_id), code=303)


@people_import.get("/<slug>/people/import/<id:file_id>")
@requires(Role.MANAGER)
def show(slug: str, file_id: int) -> Response:
    """Show what a list would change, or what has to be mended first."""
    place = managed_place(slug)
    return _result_page(place, file_id, _compared(place, file_id))


@people_import.post("/<slug>/people/import/<id:file_id>")
@requires(Role.MANAGER)
def store(slug: str, file_id: int) -> ResponseReturnValue:
    """Store a list as a whole, or nothing of it."""
    place = managed_place(slug)
    seen = _compared(place, file_id)
    with unit_of_work() as session:
        done = verbs.store_list(
            session, institution_id=place.id, seen=seen, now=now(), by=actor()
        )
        if done.is_sound:
            verbs.forget_file(session, institution_id=place.id, file_id=file_id)
    if not done.is_sound:
        return _result_page(place, file_id, done), UNPROCESSABLE
    flash(_done_words(done), "success")
    return redirect(url_for("people.index", slug=slug), code=303)


@people_import.post("/<slug>/people/import/<id:file_id>/discard")
@requires(Role.MANAGER)
def discard(slug: str, file_id: int) -> ResponseReturnValue:
    """Forget a list without storing anything of it."""
    place = managed_place(slug)
    verbs.kept_file(reading(), institution_id=place.id, file_id=file_id)
    with unit_of_work() as session:
        verbs.forget_file(session, institution_id=place.id, file_id=file_id)
    flash(_("The list is forgotten; nothing was changed."), "success")
    return redirect(url_for("people_import.new", slug=slug), code=303)


@people_import.get("/<slug>/people/import/template.csv")
@requires(Role.MANAGER)
def template(slug: str) -> Response:
    """Give an empty list with its headings and one fictional line."""
    managed_place(slug)
    text = TEMPLATES[page_language()].replace("\n", "\r\n")
    # The mark lets spreadsheets read the accents.
    answer = Response(f"\ufeff{text}", mimetype="text/csv")
    name = _("people.csv")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _compared(place: InstitutionPlace, file_id: int) -> ComparedList:
    """Read and compare a kept list; outside of any transaction that writes."""
    _name, content = verbs.kept_file(
        reading(), institution_id=place.id, file_id=file_id
    )
    return verbs.compared(
        reading(),
        institution_id=place.id,
        reading=verbs.read_list(reading(), content=content),
        now=now(),
        by=actor(),
    )


def _done_words(done: ComparedList) -> str:
    plan = done.plan
    if plan.changes_nothing:
        return _("Everything on the list was there already; nothing was changed.")
    return _(
        "Stored: %(new)s new people, %(back)s who come back, %(begun)s appointments "
        "begun, %(corrected)s corrected.",
        new=plan.arrivals(Coming.NEW),
        back=plan.arrivals(Coming.BACK) + plan.arrivals(Coming.ELSEWHERE),
        begun=plan.begun,
        corrected=plan.corrected,
    )


def _page(place: InstitutionPlace, error: str) -> Response:
    g.form_path = url_for("people_import.new", slug=place.slug)
    page = render_template(
        "institution/people_import.html",
        place=place,
        error=error,
        most_rows=MOST_ROWS,
        most_megabytes=MOST_BYTES // 1024 // 1024,
        profiles=[
            (one.code, in_language(dict(one.titles))) for one in job_profiles(reading())
        ],
    )
    return Response(page, mimetype="text/html")


def _result_page(
    place: InstitutionPlace, file_id: int, compared: ComparedList
) -> Response:
    g.form_path = url_for("people_import.show", slug=place.slug, file_id=file_id)
    plan, lang = compared.plan, page_language()
    problems = sorted([*compared.reading.problems, *plan.problems])
    remarks = sorted([*compared.reading.remarks, *plan.remarks])
    people = [person for person in plan.people if person.has_changes]
    page = render_template(
        "institution/people_import_result.html",
        place=place,
        file_id=file_id,
        is_sound=compared.is_sound,
        plan=plan,
        row_count=len(compared.reading.rows),
        encoding=compared.reading.encoding,
        counts={coming.value: plan.arrivals(coming) for coming in Coming},
        mailboxes=sum(
            bool(one.email) for one in people if one.coming is not Coming.NEW
        ),
        problems=[
            (one.line, *import_sentence(one, lang)) for one in problems[:MOST_SHOWN]
        ],
        problem_count=len(problems),
        remarks=[
            (one.line, *import_sentence(one, lang)) for one in remarks[:MOST_SHOWN]
        ],
        remark_count=len(remarks),
        people=people[:MOST_SHOWN],
        people_count=len(people),
        appointments=plan.appointments[:MOST_SHOWN],
        most_shown=MOST_SHOWN,
        profiles=compared.known.profile_titles if compared.known else {},
    )
    return Response(page, mimetype="text/html")
