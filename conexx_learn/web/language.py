"""Which language a page speaks, and the catalogue that it reads from."""

from collections.abc import Callable
from functools import lru_cache
from urllib.parse import quote, urlencode

from babel.support import Translations
from flask import Flask, Response, current_app, g, request
from flask_babel import Babel, get_translations
from flask_login import current_user
from markupsafe import Markup

LANGUAGES = ("es", "en")
COOKIE = "lang"
COOKIE_SECONDS = 365 * 24 * 3600
MESSAGES_KEPT = 4096
FORMATS = {"es": "es_419", "en": "en_GB"}
"""Language to the locale of its numbers and dates."""

SPAIN = "es_ES"
"""That of Spanish for institutions in Spain, which write 1.700.000,50."""


def page_language() -> str:
    """Return `es` or `en`: the address, the cookie, the account, the browser."""
    known: str | None = g.get("page_language")
    if known is None:
        known = g.page_language = _chosen_language()
    return known


def _chosen_language() -> str:
    for wish in (request.args.get("lang"), request.cookies.get(COOKIE)):
        if wish in LANGUAGES:
            return wish
    if request.cookies.get(current_app.config["SESSION_COOKIE_NAME"]):
        kept = getattr(current_user, "locale", None)
        if kept in LANGUAGES:
            return str(kept)
    default = current_app.config["BABEL_DEFAULT_LOCALE"]
    return request.accept_languages.best_match(LANGUAGES) or str(default)


def format_locale() -> str:
    """Return the locale in which numbers and dates are written."""
    lang = page_language()
    return SPAIN if lang == "es" and g.get("country") == "ES" else FORMATS[lang]


def switch_url(lang: str) -> str:
    """Return this page's address in another language; the place is kept."""
    args = {name: value for name, value in request.args.items() if name != "lang"}
    # A page that answers a refused form has no address for GET: its form has.
    path = request.path if request.method == "GET" else g.get("form_path", "/")
    # A backslash left as it is would lead to another site: browsers read it as a slash.
    return f"{quote(path)}?{urlencode(args | {'lang': lang})}"


def remember_language(response: Response) -> Response:
    """Keep a language that the address asked for."""
    wish = request.args.get("lang")
    if wish in LANGUAGES and request.cookies.get(COOKIE) != wish:
        response.set_cookie(
            COOKIE,
            wish,
            max_age=COOKIE_SECONDS,
            samesite="Lax",
            secure=current_app.config["SESSION_COOKIE_SECURE"],
        )
    return response


def _catalogue() -> Translations:
    if "catalogue" not in g:
        g.catalogue = get_translations()
    return g.catalogue


def _gettext(message: str) -> str:
    return _catalogue().ugettext(message)


def _ngettext(singular: str, plural: str, count: int) -> str:
    return _catalogue().ungettext(singular, plural, count)


@lru_cache(maxsize=MESSAGES_KEPT)
def _markup(lang: str, message: str) -> Markup:  # noqa: ARG001 (the language is part of the key)
    """Keep a translated message as markup: catalogues are our own text."""
    return Markup(_gettext(message))  # noqa: S704 (a message of ours, no input)


@lru_cache(maxsize=MESSAGES_KEPT)
def _plain_markup(lang: str, message: str) -> Markup:
    """Keep a message without placeholders, its doubled percent signs made single."""
    return _markup(lang, message) % {}


def _template_gettext(message: str, **values: object) -> Markup:
    """Translate a message of a template; values are escaped, the message is not."""
    lang = page_language()
    if values:
        return _markup(lang, message) % values
    return _plain_markup(lang, message)


def gettext(message: str, **values: object) -> str:
    """Translate a message of the code into the page's language."""
    text = _gettext(message)
    return text % values if values else text


def ngettext(singular: str, plural: str, count: int, **values: object) -> str:
    """Translate a message that counts; `num` stands for the count."""
    text = _ngettext(singular, plural, count)
    return text % {"num": count, **values}


def init_app(app: Flask) -> None:
    """Bind the languages to the application.

    The catalogue is looked up once per request: through the library's own function
    each of a page's hundred messages would look it up again.
    """
    Babel(app, locale_selector=page_language)
    install: Callable[..., None] = app.jinja_env.install_gettext_callables  # type: ignore[attr-defined] # added by jinja2.ext.i18n
    install(_gettext, _ngettext, newstyle=True)
    # The extension's own alias resolves and formats anew at each of fifty calls.
    app.jinja_env.globals["_"] = _template_gettext
    app.after_request(remember_language)
