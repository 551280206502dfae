"""Somebody with a browser at the board: everything through the pages' own forms."""

from dataclasses import dataclass
from html.parser import HTMLParser

from django.http import HttpResponse
from django.test import Client

from cocreate.boards.models import Workshop

Fields = list[tuple[str, str]]


class _Forms(HTMLParser):
    """Each form's address and the fields it would send, as a browser reads them."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[tuple[str, Fields]] = []
        self.buttons: Fields = []
        self._open = False
        self._area = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.forms.append((said.get("action", ""), []))
            self._open = True
        elif tag == "button" and "name" in said:
            self.buttons.append((said["name"], said.get("value", "")))
        elif tag == "textarea" and self._open:
            self._area = said["name"]
            self.forms[-1][1].append((said["name"], ""))
        elif tag == "input" and self._open and "name" in said:
            if said.get("type") in {"radio", "checkbox"} and "checked" not in said:
                return
            self.forms[-1][1].append((said["name"], said.get("value", "")))

    def handle_data(self, data: str) -> None:
        if self._area:
            self.forms[-1][1][-1] = (self._area, self.forms[-1][1][-1][1] + data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._open = False
        elif tag == "textarea":
            self._area = ""


def read(page: HttpResponse) -> _Forms:
    forms = _Forms()
    # What the script clones is no form of the page.
    shown = page.content.decode().split("<template data-template")[0]
    forms.feed(shown)
    return forms


@dataclass
class Guest:
    """One browser without script."""

    workshop: Workshop
    client: Client
    page: HttpResponse | None = None

    @property
    def address(self) -> str:
        return f"/v/{self.workshop.code}/"

    def open(self, query: str = "") -> HttpResponse:
        self.page = self.client.get(f"{self.address}{query}")
        return self.page

    def come_in(self, **said: str) -> HttpResponse:
        self.open()
        return self.send("may_quote" if "may_quote" in said else "submission_id", **said)

    def send(self, having: str, **changed: str) -> HttpResponse:
        """Sends the form of the open page that has a field of this name or value."""
        assert self.page is not None
        found = [
            (action, dict(fields))
            for action, fields in read(self.page).forms
            if having in {part for field in fields for part in field} or having in changed
        ]
        action, fields = found[0]
        self.page = self.client.post(action, {**fields, **changed}, follow=True)
        return self.page

    def write(self, text: str, **changed: str) -> HttpResponse:
        self.open()
        return self.send("note.add", text=text, **changed)

    @property
    def text(self) -> str:
        assert self.page is not None
        return self.page.content.decode().split("<template data-template")[0]
