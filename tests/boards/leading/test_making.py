"""Making a workshop."""

import pytest
from django.test import Client

from cocreate.boards.models import Board, Workshop
from cocreate.themes.models import Guideline
from tests.cast import Cast

pytestmark = pytest.mark.django_db

NEW = "/vaerksteder/nyt/"
FORM = {
    "once": "a-form-of-its-own-id",
    "title": "Når man venter",
    "question": "Hvad hjælper, når man venter?",
    "purpose": "Vi læser sedlerne, når vi skriver.",
    "template": "affinity",
    "columns": "Det er svært\n\n  Det hjælper  ",
    "how": "hidden",
}


@pytest.fixture
def staff(cast: Cast) -> Client:
    return cast.client("staff")


def test_a_workshop_is_open_at_once(staff: Client, cast: Cast) -> None:
    answer = staff.post(NEW, {**FORM, "dots": "3"})
    workshop = Workshop.objects.get()
    assert answer["Location"] == f"/v/{workshop.code}/tovholder/"
    board = Board.objects.get()
    assert (board.question, board.dots, board.hides_notes) == (FORM["question"], 3, True)
    assert [column.title for column in board.columns.all()] == ["Det er svært", "Det hjælper"]
    assert staff.get(answer["Location"]).status_code == 200


def test_the_form_sent_twice_is_one_workshop(staff: Client) -> None:
    first, again = (staff.post(NEW, FORM)["Location"] for _ in range(2))
    assert first == again
    assert Workshop.objects.count() == 1
    staff.post(NEW, {**FORM, "once": "another-form-of-its-own"})
    assert Workshop.objects.count() == 2


def test_two_people_with_the_same_form_id_have_a_workshop_each(staff: Client, cast: Cast) -> None:
    staff.post(NEW, FORM)
    cast.client("host").post(NEW, FORM)
    assert Workshop.objects.count() == 2


def test_a_free_board_is_open_and_has_no_vote(staff: Client) -> None:
    staff.post(NEW, {**FORM, "template": "free"})
    board = Board.objects.get()
    assert not board.hides_notes
    assert not board.has_votes


def test_guidelines_and_colleagues_come_along(staff: Client, cast: Cast, strategy: None) -> None:
    colleague = str(cast.host.pk)
    staff.post(NEW, {**FORM, "theme": "2", "guidelines": ["2.3"], "with_others": [colleague]})
    workshop = Workshop.objects.get()
    assert workshop.theme is not None and workshop.theme.number == 2
    assert list(workshop.guidelines.all()) == [Guideline.objects.get(code="2.3")]
    assert cast.client("host").get(f"/v/{workshop.code}/tovholder/").status_code == 200


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", ""),
        ("question", " "),
        ("purpose", ""),
        ("columns", "Kun én"),
        ("columns", "\n".join("abcdef")),
        ("columns", f"En\n{'x' * 81}"),
        ("template", "another"),
        ("dots", "11"),
        ("dots", "mange"),
        ("with_others", "999"),
        ("question", "x" * 201),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_made(staff: Client, field: str, value: str) -> None:
    answer = staff.post(NEW, {**FORM, field: value})
    assert answer.status_code == 422
    assert not Workshop.objects.exists()
    assert FORM["purpose"] in answer.content.decode() or field == "purpose"


def test_nobody_leads_who_is_not_on_the_staff(staff: Client, cast: Cast) -> None:
    staff.post(NEW, {**FORM, "with_others": [str(cast.citizen.pk)]})
    assert not Workshop.objects.exists()


def test_ready_made_columns_fill_in_and_keep_the_rest(staff: Client) -> None:
    answer = staff.post(NEW, {**FORM, "columns": "", "suggest": "0"})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert FORM["question"] in page
    assert len(answer.context["form"]["columns"].value().splitlines()) == 2
    assert not Workshop.objects.exists()
    for strange in ("99", "0009999", "9" * 5000, "²", ""):
        assert staff.post(NEW, {**FORM, "suggest": strange}).status_code < 500


def test_only_staff_with_the_second_factor_make_one(cast: Cast) -> None:
    assert Client().get(NEW)["Location"].startswith("/konto/login/")
    assert cast.client("host_without_second_factor").get(NEW)["Location"] == "/konto/to-trin/"
    for who in ("citizen", "politician"):
        assert cast.client(who).get(NEW).status_code == 404
        assert cast.client(who).post(NEW, FORM).status_code == 404
    assert not Workshop.objects.exists()
