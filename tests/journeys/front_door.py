"""Somebody at a browser: follows links, fills forms, presses buttons, nothing else."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

Fields = dict[str, str | list[str]]
TICKED = {"checkbox", "radio"}
SENT_ON_A_PRESS = {"submit", "button", "image", "file"}


@dataclass
class Form:
    """A form of a page: where it goes, and what it sends if nobody changes anything."""

    action: str
    is_post: bool
    fields: Fields = field(default_factory=dict)

    def add(self, name: str, value: str) -> None:
        """Keep a value; a name that comes twice sends both."""
        known = self.fields.get(name)
        if known is None:
            self.fields[name] = value
        elif isinstance(known, list):
            known.append(value)
        else:
            self.fields[name] = [known, value]


class Page(HTMLParser):
    """What a page offers to click."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.html = html
        self.links: list[str] = []
        self.forms: list[Form] = []
        self.next_step = ""
        self._next_depth = 0
        self._named_forms: dict[str, Form] = {}
        self._elsewhere: list[tuple[str, str, str]] = []
        self._is_inside_form = False
        self._open_text: tuple[dict[str, str], list[str]] | None = None
        self._open_list: tuple[dict[str, str], list[str], list[str]] | None = None
        self.feed(html)
        for form, name, value in self._elsewhere:
            self._named_forms[form].add(name, value)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag == "div" and (self._next_depth or values.get("class") == "next"):
            self._next_depth += 1
        if tag == "a" and "href" in values:
            self.links.append(values["href"])
            is_button = values.get("class") == "button"
            if self._next_depth and is_button and not self.next_step:
                self.next_step = values["href"]
        if tag == "form":
            self._open_form(values)
        if tag == "input":
            self._see_input(values)
        if tag == "textarea":
            self._open_text = values, []
        if tag == "select":
            self._open_list = values, [], []
        if tag == "option" and self._open_list:
            chosen, offered = self._open_list[1:]
            offered.append(values.get("value", ""))
            chosen += [values.get("value", "")] if "selected" in values else []

    def handle_endtag(self, tag: str) -> None:
        if tag == "div" and self._next_depth:
            self._next_depth -= 1
        if tag == "form":
            self._is_inside_form = False
        if tag == "textarea" and self._open_text:
            values, parts = self._open_text
            # A browser leaves out the line break that a template may begin with.
            self._keep(values, "".join(parts).removeprefix("\r").removeprefix("\n"))
            self._open_text = None
        if tag == "select" and self._open_list:
            values, chosen, offered = self._open_list
            for value in chosen or offered[:1]:
                self._keep(values, value)
            self._open_list = None

    def handle_data(self, data: str) -> None:
        if self._open_text:
            self._open_text[1].append(data)

    def _open_form(self, values: dict[str, str]) -> None:
        is_post = values.get("method") == "post"
        self.forms.append(Form(values.get("action", ""), is_post))
        self._is_inside_form = True
        if "id" in values:
            self._named_forms[values["id"]] = self.forms[-1]

    def _see_input(self, values: dict[str, str]) -> None:
        kind = values.get("type", "text")
        is_off = kind in TICKED and "checked" not in values
        if kind not in SENT_ON_A_PRESS and not is_off:
            self._keep(values, values.get("value", "on" if kind in TICKED else ""))

    def _keep(self, values: dict[str, str], value: str) -> None:
        name = values.get("name", "")
        if not name or "disabled" in values:
            return
        if "form" in values:
            self._elsewhere.append((values["form"], name, value))
        elif self._is_inside_form:
            self.forms[-1].add(name, value)


class FrontDoor:
    """A person with a browser, on one page at a time.

    Attributes:
        path: Where they are.
        page: What they see there.
        loads: How many pages they have waited for, forms that lead on to one included.
    """

    def __init__(self, client: FlaskClient) -> None:
        self._client = client
        self.path = "/"
        self.page = Page("")
        self.loads = 0

    def open(self, path: str) -> None:
        """Type an address."""
        self._arrive(self._client.get(path, follow_redirects=True))

    def follow(self, path: str) -> None:
        """Click the link that leads to an address; it must be on the page."""
        found = [link for link in self.page.links if path in (link, link.split("?")[0])]
        assert found, f"{self.path} has no link to {path}"
        self.open(found[0])

    def go_on(self) -> None:
        """Click the button of the next step."""
        assert self.page.next_step, f"{self.path} names no next step"
        self.open(self.page.next_step)

    def form(self, ending: str, *, is_post: bool = True) -> Form | None:
        """Return the form of the page whose address ends so, if it has one."""
        return next(
            (
                form
                for form in self.page.forms
                if form.is_post is is_post
                and form.action.split("?")[0].endswith(ending)
            ),
            None,
        )

    def press(self, ending: str, fields: Fields | None = None) -> None:
        """Fill a form of the page and press its button."""
        action, data = self._filled(ending, fields)
        response = self._client.post(action, data=data, follow_redirects=True)
        self._arrive(response)

    def ask(self, ending: str, fields: Fields) -> None:
        """Fill a form that only asks, such as a search, and press its button."""
        form = self.form(ending, is_post=False)
        assert form is not None, f"{self.path} has no form that asks {ending}"
        data = form.fields | fields
        self._arrive(
            self._client.get(form.action, query_string=data, follow_redirects=True)
        )

    def receive(self, ending: str, fields: Fields) -> bytes:
        """Fill a form that answers with a file, and keep it; the page stays."""
        action, data = self._filled(ending, fields)
        response = self._client.post(action, data=data)
        assert response.status_code == 200, (action, response.status_code)
        assert "attachment" in response.headers["Content-Disposition"]
        return bytes(response.data)

    def download(self, path: str) -> bytes:
        """Click the link to a file and keep it."""
        assert path in self.page.links, f"{self.path} has no link to {path}"
        response = self._client.get(path)
        assert response.status_code == 200
        return bytes(response.data)

    def _filled(self, ending: str, fields: Fields | None) -> tuple[str, Fields]:
        form = self.form(ending)
        assert form is not None, f"{self.path} has no form to {ending}"
        return form.action, form.fields | (fields or {})

    def _arrive(self, response: TestResponse) -> None:
        self.path = response.request.path
        assert response.status_code == 200, (self.path, response.status_code)
        self.page = Page(response.get_data(as_text=True))
        self.loads += 1
