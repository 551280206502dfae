"""How editors keep the lines, and what the finder learns from them."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from cocreate.help.models import HelpLine, known_numbers
from cocreate.help.operations import prepare_help_lines
from home.operations import prepare_site
from tests.cast import Cast
from tests.help.conftest import Line


@pytest.fixture
def editor(cast: Cast) -> Client:
    prepare_site()
    return cast.client("editor")


def answers(**changed: object) -> dict[str, object]:
    return {
        "name": "Vagten",
        "number": "12 34 56 78",
        "description": "Ring, hvis du er i tvivl.",
        "hours": "hele døgnet",
        "for_whom": "all",
        "crisis": "on",
        "place": "",
        "url": "",
        "order": "5",
        "checked_on": "",
        "valid_until": "",
        **changed,
    }


def test_an_editor_writes_a_line_and_everybody_can_call_it(editor: Client, client: Client) -> None:
    assert editor.post(reverse("helpline:add"), answers()).status_code == 302
    assert "tel:12345678" in client.get("/hjaelp-nu/").content.decode()


def test_an_editor_takes_a_line_away(editor: Client, client: Client, line: Line) -> None:
    kept = line("Vagten", crisis=True)
    editor.post(reverse("helpline:delete", args=[kept.pk]))
    assert "Vagten" not in client.get("/hjaelp-nu/").content.decode()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("number", "ring til os"),
        ("number", "tel:112;ext=1"),
        ("number", "1" * 30),
        ("number", "javascript:alert(1)"),
        ("url", "javascript:alert(1)"),
        ("for_whom", "alle"),
        ("checked_on", "2999-01-01"),
        ("checked_on", "i går"),
        ("description", ""),
        ("name", "x" * 200),
        ("order", "-1"),
        ("name", "a\x00b"),
    ],
)
def test_a_line_that_could_not_be_called_is_refused(editor: Client, field: str, value: str) -> None:
    before = HelpLine.objects.count()
    answer = editor.post(reverse("helpline:add"), answers(**{field: value}))
    assert answer.status_code == 200
    assert field in answer.context["form"].errors
    assert HelpLine.objects.count() == before


@pytest.mark.db
def test_a_line_must_lead_somewhere(editor: Client, line: Line) -> None:
    answer = editor.post(reverse("helpline:add"), answers(number=""))
    assert answer.context["form"].non_field_errors()
    with pytest.raises(IntegrityError), transaction.atomic():
        line("Ingenting", "")


def test_editors_see_what_nobody_has_checked(editor: Client) -> None:
    start = editor.get(reverse("wagtailadmin_home")).content.decode()
    assert start.count("helpline/edit/") >= 5
    listed = editor.get(reverse("helpline:index")).content.decode()
    for kept in HelpLine.objects.all():
        assert kept.standing in listed


def test_editors_are_told_again_after_ninety_days(editor: Client, today: date) -> None:
    HelpLine.objects.update(checked_on=today - timedelta(days=90))
    assert not HelpLine.objects.to_check().exists()
    assert "helpline/edit/" not in editor.get(reverse("wagtailadmin_home")).content.decode()
    HelpLine.objects.filter(number="112").update(checked_on=today - timedelta(days=91))
    assert "helpline/edit/" in editor.get(reverse("wagtailadmin_home")).content.decode()


def test_editors_are_told_of_a_last_day_that_has_passed(line: Line, today: date) -> None:
    kept = line(checked_on=today, valid_until=today - timedelta(days=1))
    assert list(HelpLine.objects.to_check()) == [kept]
    assert not kept.is_shown


@pytest.mark.parametrize("person", ["stranger", "citizen", "host", "politician", "staff"])
def test_nobody_else_keeps_lines(cast: Cast, person: str) -> None:
    prepare_site()
    before = HelpLine.objects.count()
    answer = cast.client(person).post(reverse("helpline:add"), answers())
    assert answer.status_code in {302, 403, 404}
    assert HelpLine.objects.count() == before


@pytest.mark.django_db
def test_a_help_number_in_a_story_is_nobodys_secret(line: Line) -> None:
    assert known_numbers() >= {"112", "1813", "70201201"}
    prepare_help_lines()
    line("Rådgivningen", "+45 12 34 56 78")
    assert known_numbers() >= {"112", "1813", "70201201", "116111", "4512345678"}
    assert all(number.isdigit() for number in known_numbers())
