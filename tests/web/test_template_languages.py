"""Templates are compiled for one language each: no word of one stays in the other."""

from flask import Flask
from flask.testing import FlaskClient
from jinja2 import DictLoader

from conexx_learn.factory import LearnFlask
from conexx_learn.web.language import _template_gettext, page_language
from conexx_learn.web.template_languages import LanguageEnvironment


def test_a_page_changes_all_its_words_with_the_language(client: FlaskClient) -> None:
    pages = {
        (visit, lang): client.get(f"/verify?lang={lang}").get_data(as_text=True)
        for visit in range(2)
        for lang in ("es", "en")
    }

    assert "Verify a certificate" in pages[0, "en"]
    assert "Verificar" in pages[0, "es"]
    assert "Verify a certificate" not in pages[0, "es"]
    assert pages[0, "en"] == pages[1, "en"]
    assert pages[0, "es"] == pages[1, "es"]


def _environment(app: Flask, source: str) -> LanguageEnvironment:
    environment = LanguageEnvironment(
        app, autoescape=True, loader=DictLoader({"page.html": source})
    )
    environment.globals.update(
        _=_template_gettext, page_language=page_language, static="/".__add__
    )
    return environment


def test_a_message_is_written_in_and_one_with_values_is_not(app: Flask) -> None:
    source = '{{ _("Courses") }} {{ _("Next: %(title)s", title=title) }}'
    with app.test_request_context("/?lang=es"):
        template = _environment(app, source).get_template("page.html")

        assert template.render(title="<b>") == "Cursos Siguiente: &lt;b&gt;"
        assert template.render(title="a") == "Cursos Siguiente: a"


def test_an_address_that_is_written_in_is_escaped(app: Flask) -> None:
    with app.test_request_context("/?lang=en"):
        template = _environment(app, '{{ static("a&b") }}').get_template("page.html")

        assert template.render() == "/a&amp;b"


def test_the_application_uses_them(app: Flask) -> None:
    assert isinstance(app, LearnFlask)
    assert isinstance(app.jinja_env, LanguageEnvironment)
