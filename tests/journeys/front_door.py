"""Somebody at a browser: follows links, fills forms, presses buttons, nothing else."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

Fields = dict[str, str | list[str]]


@dataclass
class Form:
    """A form of a page: where it goes, and the fields that it brings along."""

    action: str
    is_post: bool
    fields: Fields = field(default_factory=dict)


class Page(HTMLParser):
    """What a page offers to click."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.html = html
        self.links: list[str] = []
        self.forms: list[Form] = []
        self.next_step = ""
        self._next_depth = 0
        self.feed(html)

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
            is_post = values.get("method") == "post"
            self.forms.append(Form(values.get("action", ""), is_post))
        if tag == "input" and self.forms and values.get("type") == "hidden":
            self.forms[-1].fields[values["name"]] = values.get("value", "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "div" and self._next_depth:
            self._next_depth -= 1


class FrontDoor:
    """A person with a browser, on one page at a time."""

    def __init__(self, client: FlaskClient) -> None:
        self._client = client
        self.path = "/"
        self.page = Page("")

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

    def form(self, ending: str) -> Form | None:
        """Return the form of the page whose address ends so, if it has one."""
        return next(
            (
                form
                for form in self.page.forms
                if form.is_post and form.action.split("?")[0].endswith(ending)
            ),
            None,
        )

    def press(self, ending: str, fields: Fields | None = None) -> None:
        """Fill a form of the page and press its button."""
        form = self.form(ending)
        assert form is not None, f"{self.path} has no form to {ending}"
        data = form.fields | (fields or {})
        response = self._client.post(form.action, data=data, follow_redirects=True)
        self._arrive(response)

    def download(self, path: str) -> bytes:
        """Click the link to a file and keep it."""
        assert path in self.page.links, f"{self.path} has no link to {path}"
        response = self._client.get(path)
        assert response.status_code == 200
        return bytes(response.data)

    def _arrive(self, response: TestResponse) -> None:
        self.path = response.request.path
        assert response.status_code == 200, (self.path, response.status_code)
        self.page = Page(response.get_data(as_text=True))
