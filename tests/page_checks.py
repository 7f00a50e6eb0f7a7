"""What every fetched page must satisfy, checked on each fetch."""

from html.parser import HTMLParser
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from conexx_learn.models.registry import db

VOID = {"input", "img", "meta", "link", "br", "hr", "path", "use"}


class _Page(HTMLParser):
    """Collects what the checks ask for."""

    def __init__(self) -> None:
        super().__init__()
        self.headings = 0
        self.title = ""
        self.h1 = ""
        self.labels: set[str] = set()
        self.problems: list[str] = []
        self.controls: list[dict[str, str | None]] = []
        self.post_forms = 0
        self.csrf_fields = 0
        self._inside: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag not in VOID:
            self._inside.append(tag)
        self.headings += tag == "h1"
        self._check_attributes(tag, values)
        if tag == "label" and values.get("for"):
            self.labels.add(str(values["for"]))
        if tag in {"input", "select", "textarea"}:
            values["_wrapped"] = "yes" if "label" in self._inside else None
            self.controls.append(values)
        if tag == "form" and str(values.get("method", "")).lower() == "post":
            self.post_forms += 1
            if not values.get("action"):
                self.problems.append("a POST form without an action")
        if values.get("name") == "csrf_token":
            self.csrf_fields += 1

    def _check_attributes(self, tag: str, values: dict[str, str | None]) -> None:
        if "style" in values:
            self.problems.append(f"inline style on <{tag}>")
        self.problems += [
            f"handler {name} on <{tag}>" for name in values if name.startswith("on")
        ]
        inert = values.get("type") in {"application/json", "application/ld+json"}
        if tag == "script" and not values.get("src") and not inert:
            self.problems.append("inline script")

    def handle_endtag(self, tag: str) -> None:
        if tag in self._inside:
            while self._inside.pop() != tag:
                continue

    def handle_data(self, data: str) -> None:
        if "title" in self._inside and "svg" not in self._inside:
            self.title += data
        if "h1" in self._inside:
            self.h1 += data


def check_page(html: str) -> None:
    """Fail when a page breaks a rule of the house."""
    page = _Page()
    page.feed(html)
    assert page.headings == 1, f"{page.headings} level-1 headings"
    assert page.title.strip(), "no title"
    assert page.post_forms <= page.csrf_fields, "a POST form without a CSRF field"
    for control in page.controls:
        hidden = control.get("type") in {"hidden", "submit"}
        named = control.get("aria-label") or control.get("aria-labelledby")
        labelled = control.get("id") in page.labels or control.get("_wrapped")
        assert hidden or named or labelled, f"a control without a label: {control}"
    assert not page.problems, page.problems


class CheckedClient(FlaskClient):
    """A client that looks at every page it fetches."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        # What the test wrote is kept, and the request gets a context of its own:
        # what it remembers (who, which language) must not reach the next one.
        db.session.commit()
        db.session.remove()
        with self.application.app_context():
            response = super().open(*args, **kwargs)
        is_page = response.mimetype == "text/html" and response.status_code not in {
            204,
            301,
            302,
            303,
            308,
        }
        is_download = "attachment" in response.headers.get("Content-Disposition", "")
        is_piece = "X-Piece" in response.headers
        if is_page and not is_download and not is_piece:
            check_page(response.get_data(as_text=True))
        return response
