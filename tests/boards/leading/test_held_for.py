"""Whom a workshop is for, and what a note from it is called wherever it is shown."""

import re
from importlib import import_module

import pytest
from django.apps import apps
from django.test import Client
from django.utils import translation

from cocreate.boards import operations
from cocreate.boards.models import HarvestedNote, Workshop
from cocreate.boards.operations import Plan, open_workshop
from cocreate.contributions.models import Contribution
from cocreate.contributions.operations import Given, Words
from cocreate.contributions.viewer import STRANGER
from cocreate.moderation.operations import return_to_author, send_again
from cocreate.themes.models import Guideline
from tests.boards.leading.conftest import shown, words
from tests.boards.leading.test_making import FORM, NEW
from tests.boards.people import Party
from tests.cast import Cast, show
from tests.stories.pages import forms_in

pytestmark = pytest.mark.django_db

# Whom it is for, and what its notes are called in Danish.
CALLED = {
    "citizens": ("citizen", "Borger"),
    "relatives": ("relative", "Pårørende"),
    "staff": ("from_staff", "From a workshop for staff"),
    "council": ("from_council", "From a workshop for city councillors"),
    "mixed": ("from_many", "From a workshop"),
}


def is_said(page: str, msgid: str) -> bool:
    """As words of their own: "From a workshop" is not "From a workshop for staff"."""
    with translation.override("da"):
        said = re.escape(translation.gettext(msgid).rstrip("."))
    return bool(re.search(rf"(?<!\w){said}(?! for|\w)", words(page)))


def harvest(party: Party, held_for: str) -> HarvestedNote:
    Workshop.objects.filter(pk=party.workshop.pk).update(held_for=held_for)
    party.board.workshop.refresh_from_db()
    note = party.write(party.seats["mo"], "Kaffe og et navn på en dør.")
    party.go_to("discuss")
    operations.harvest(party.board, [note], Guideline.objects.filter(code="2.3"))
    return HarvestedNote.objects.get()


@pytest.mark.parametrize("held_for", CALLED)
def test_the_form_asks_and_the_door_says_what_will_stand_at_a_note(
    cast: Cast, held_for: str
) -> None:
    cast.client("staff").post(NEW, {**FORM, "held_for": held_for})
    workshop = Workshop.objects.get()
    assert workshop.held_for == held_for
    door = shown(Client(), f"/v/{workshop.code}/")
    assert is_said(door, CALLED[held_for][1])


def test_who_is_not_asked_and_answers_nothing_claims_nothing(cast: Cast) -> None:
    form = forms_in(cast.client("staff").get(NEW)).found[NEW]
    assert form["held_for"] == ["mixed"]
    cast.client("staff").post(NEW, FORM)
    assert Workshop.objects.get().held_for == "mixed"
    assert cast.client("staff").post(NEW, {**FORM, "held_for": "kings"}).status_code == 422


@pytest.mark.parametrize("held_for", CALLED)
def test_a_note_is_called_the_same_on_the_desk_and_beside_the_guideline(
    party: Party, cast: Cast, strategy: None, held_for: str
) -> None:
    role, label = CALLED[held_for]
    note = harvest(party, held_for)
    assert note.role == role
    desk = shown(cast.client("second_host"), f"/vaert/{note.public_id}/")
    show(note, by=cast.second_host)
    guideline = shown(Client(), Guideline.objects.get(code="2.3").get_absolute_url())
    for page in (desk, guideline):
        assert is_said(page, label)
        assert held_for == "citizens" or not is_said(page, "Borger")


def test_the_workshops_own_page_says_whom_it_was_for(
    party: Party, cast: Cast, strategy: None
) -> None:
    show(harvest(party, "staff"), by=cast.second_host)
    page = shown(Client(), f"/vaerksteder/{party.workshop.room.public_id}/")
    assert is_said(page, "The workshop was for staff.")


def test_a_note_behind_a_content_note_is_opened_by_the_same_words(
    party: Party, cast: Cast, strategy: None
) -> None:
    note = harvest(party, "staff")
    Contribution.objects.filter(pk=note.pk).update(content_note="Om sorg")
    show(note, by=cast.second_host)
    guideline = shown(Client(), Guideline.objects.get(code="2.3").get_absolute_url())
    assert is_said(guideline, "A note from a workshop for staff")


def test_a_new_wording_keeps_what_the_note_is_called(
    party: Party, cast: Cast, strategy: None
) -> None:
    note = harvest(party, "staff")
    return_to_author(note, by=cast.second_host, reason="names_others", message="Uden navnet.")
    again = Given(submission_id="", words=Words(text="Kaffe."), viewer=STRANGER, role=note.role)
    send_again(note, again)
    note.refresh_from_db()
    assert note.role == "from_staff"


def test_notes_from_before_claim_no_role_any_more(party: Party, strategy: None) -> None:
    note = harvest(party, "citizens")
    before = import_module("cocreate.boards.migrations.0003_notes_claim_no_role")
    before.name_the_workshop(apps, None)
    note.refresh_from_db()
    assert note.role == "from_many"
    before.claim_again(apps, None)
    note.refresh_from_db()
    assert note.role == "citizen"


def test_a_plan_that_says_nothing_is_for_several(cast: Cast) -> None:
    plan = Plan(title="T", purpose="P", question="Q", columns=["A", "B"])
    assert open_workshop(cast.staff, plan).speaks_as == "from_many"
