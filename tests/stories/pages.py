"""A page as a browser reads it: its forms with what stands in them, sent back as a person would."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

from django.http import HttpResponse
from django.test import Client

Answers = dict[str, list[str]]
# All on one page; the guide has tests of its own.
TELL = "/fortael/paa-en-side/"


@dataclass
class _Forms(HTMLParser):
    """Collects the named controls of each form, by the form's address."""

    found: dict[str, Answers] = field(default_factory=dict)
    choices: dict[str, list[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._form: Answers | None = None
        self._textarea = ""

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        at = {name: value or "" for name, value in attributes}
        if tag == "form":
            self._form = self.found.setdefault(at.get("action", ""), {})
        name = at.get("name", "")
        if self._form is None or not name:
            return
        if tag == "textarea":
            self._textarea = name
            self._form[name] = [""]
        elif tag == "input":
            self._input(name, at)

    def _input(self, name: str, at: dict[str, str]) -> None:
        assert self._form is not None
        if at.get("type") in {"radio", "checkbox"}:
            self.choices.setdefault(name, []).append(at.get("value", "on"))
            if "checked" not in at:
                return
        self._form.setdefault(name, []).append(at.get("value", ""))

    def handle_data(self, data: str) -> None:
        if self._textarea and self._form is not None:
            # A browser drops the line break that stands first in a textarea.
            said = self._form[self._textarea][0] + data
            self._form[self._textarea] = [said]

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea" and self._form is not None:
            self._form[self._textarea] = [self._form[self._textarea][0].removeprefix("\n")]
            self._textarea = ""
        if tag == "form":
            self._form = None


def forms_in(response: HttpResponse) -> _Forms:
    reader = _Forms()
    reader.feed(response.content.decode())
    return reader


def filled(response: HttpResponse, action: str = TELL, **answers: Any) -> Answers:
    """The form of a page with some answers changed; None leaves a field out."""
    data = dict(forms_in(response).found[action])
    for name, answer in answers.items():
        data[name] = list(answer) if isinstance(answer, list | tuple) else [answer]
        if answer is None:
            del data[name]
    return data


def send(client: Client, page: HttpResponse, action: str = TELL, **answers: Any) -> HttpResponse:
    """Fills in the form of a page that was shown, and presses its first button."""
    return client.post(action, filled(page, action, **answers))


def tell(client: Client, text: str = "Jeg vil bo", **answers: Any) -> HttpResponse:
    answers = {"consents": ["show", "analyse"], **answers}
    return send(client, client.get(TELL), text=text, **answers)


@dataclass
class _Code(HTMLParser):
    words: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()
        self._inside = False

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self._inside = self._inside or "data-receipt-code" in dict(attributes)

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.words += data.split()

    def handle_endtag(self, tag: str) -> None:
        if tag == "p":
            self._inside = False


def code_on(response: HttpResponse) -> list[str]:
    """The words in the element that carries the receipt code."""
    reader = _Code()
    reader.feed(response.content.decode())
    return reader.words
