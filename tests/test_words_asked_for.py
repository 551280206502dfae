"""No free text of the product goes unread: a field that nobody has listed fails here."""

import importlib
import pkgutil
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django import forms
from django.conf import settings

import cocreate
import home
from cocreate.boards.refusals import Code, Refused
from cocreate.boards.words import forget_rules, read_words
from cocreate.help.models import WordRule
from cocreate.moderation.rules import findings_in, record_findings
from cocreate.moderation.voice_forms import AsksFirst
from cocreate.text.finder import Kind
from tests.cast import give_story
from tests.words_asked_for import DRAWN, WORDS

LEFT_OUT = (".migrations", ".settings", ".management", ".asgi", ".wsgi", ".serving")
# What record_findings reads of every wording.
RECORDED = {"text", "title", "alias", "proposed"}
# A text area, or a line of words; numbers, ticks and hidden ones are none.
CONTROL = re.compile(r"""<textarea[^>]*>|<input class="input[^>]*>""")
NAME = re.compile(r"""\sname="([\w-]*)""")
NUMBERS = {"minutes", "dots", "dots-"}


def all_forms() -> Iterator[type[forms.BaseForm]]:
    for root in (cocreate, home):
        for module in pkgutil.walk_packages(root.__path__, f"{root.__name__}."):
            if not any(part in module.name for part in LEFT_OUT):
                importlib.import_module(module.name)
    waiting = [forms.BaseForm]
    seen: set[type] = set()
    while waiting:
        for one in waiting.pop().__subclasses__():
            if one not in seen:
                seen.add(one)
                waiting.append(one)
                if one.__module__.startswith(("cocreate.", "home.")):
                    yield one


def asked_for() -> dict[str, type[forms.BaseForm]]:
    found = {}
    for form in all_forms():
        for name, field in getattr(form, "base_fields", {}).items():
            if isinstance(field, forms.CharField) and not field.widget.is_hidden:
                module = form.__module__.removeprefix("cocreate.")
                found[f"{module}.{form.__qualname__}.{name}"] = form
    return {name: form for name, form in found.items() if not _made_by_wagtail(form)}


def _made_by_wagtail(form: type[forms.BaseForm]) -> bool:
    """Of a model that only an editor writes (tests/fields.py says of each column who does)."""
    return (
        form.__qualname__ in {"PictureForm", "CorrigendumForm"} or "<locals>" in form.__qualname__
    )


def test_every_field_for_words_is_listed() -> None:
    assert set(asked_for()) == set(WORDS)


@pytest.mark.parametrize("name", [name for name, who in WORDS.items() if who == "finder"])
def test_what_is_said_to_be_read_is(name: str) -> None:
    form, field = asked_for()[name], name.rpartition(".")[2]
    assert issubclass(form, AsksFirst)
    assert field in {*form.read_by_rules, *RECORDED}


@pytest.mark.parametrize("name", [name for name, who in WORDS.items() if who == "staff"])
def test_what_is_staffs_own_asks_nobody_else(name: str) -> None:
    assert not issubclass(asked_for()[name], AsksFirst)


def drawn() -> set[str]:
    folder = Path(settings.BASE_DIR) / "templates"
    found = set()
    for template in folder.rglob("*.html"):
        for control in CONTROL.finditer(template.read_text()):
            name = NAME.search(control[0])
            if name is None or name[1] not in NUMBERS:
                found.add(f"{template.relative_to(folder)}:{name[1] if name else ''}")
    return found


def test_every_control_that_a_template_draws_is_listed() -> None:
    assert drawn() == set(DRAWN)


@pytest.mark.django_db
def test_a_rule_by_staff_reads_forms_wordings_and_boards() -> None:
    said = "Jeg lægger i aften nøglerne i postkassen."
    assert findings_in(text=said) == {}
    WordRule.objects.create(pattern="lægger ~2 nøglerne ~3 postkassen", note="Prøve")
    (found,) = findings_in(text=said)["text"]
    assert found.kind is Kind.CONCERN
    version = give_story(said, title=said).version
    assert {finding.in_field for finding in record_findings(version)} == {"text", "title"}
    forget_rules()
    assert read_words(said, sure=False).shows_help


@pytest.mark.django_db
def test_a_note_is_read_before_it_is_stored() -> None:
    with pytest.raises(Refused) as refused:
        read_words("Mit cpr er 010180-1234", sure=True)
    assert refused.value.code == Code.NUMBER
