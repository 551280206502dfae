"""Anybody may say to about a note that is shown."""

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from cocreate.boards import operations
from cocreate.contributions.models import Contribution
from cocreate.moderation.models import Report, ReportReason
from cocreate.moderation.operations import hide
from tests.boards.people import Party
from tests.cast import Cast, show
from tests.stories.pages import filled, forms_in, send

pytestmark = pytest.mark.django_db


@pytest.fixture
def note(party: Party, cast: Cast, strategy: None) -> Contribution:
    written = party.write(party.seats["mo"], "Hun i skranken er sur.")
    party.go_to("discuss")
    operations.harvest(party.board, [written])
    return show(Contribution.objects.get(), by=cast.second_host)


@pytest.fixture
def where(note: Contribution) -> str:
    return f"/vaerksteder/sedler/{note.public_id}/sig-til/"


@pytest.fixture
def stranger() -> Client:
    return Client(enforce_csrf_checks=True)


def test_the_workshops_page_leads_to_a_page_of_its_own(
    stranger: Client, party: Party, note: Contribution, where: str
) -> None:
    outcome = f"/vaerksteder/{party.workshop.room.public_id}/"
    assert f'href="{where}"' in stranger.get(outcome).content.decode()
    form = stranger.get(where)
    assert forms_in(form).choices["reason"] == ReportReason.values
    assert "Hun i skranken" in form.content.decode() and form["Cache-Control"] == "no-store"
    assert f'href="{outcome}#i{note.public_id}"' in form.content.decode()


@pytest.mark.parametrize("name", ["stranger", "citizen", "host", "politician"])
def test_everybody_can_say_to_and_hosts_read_it(
    cast: Cast, note: Contribution, where: str, name: str
) -> None:
    client = cast.client(name, enforce_csrf_checks=True)
    page = client.get(where)
    said = {"reason": "about_me", "text": "Det er mig, der sidder der."}
    data = filled(page, where, **said)
    assert [client.post(where, data).status_code for _press in "ab"] == [200, 200]
    assert Report.objects.get().contribution_id == note.pk
    desk = cast.client("second_host").get(f"/vaert/{note.public_id}/").content.decode()
    assert "Det er mig, der sidder der." in desk


@pytest.mark.parametrize(
    "said",
    [
        {"reason": ""},
        {"reason": "other"},
        {"reason": "findes-ikke", "text": "Se her"},
        {"reason": "personal_data", "text": "Hans nummer er 40 12 34 56."},
    ],
)
def test_what_is_missing_or_shows_somebody_is_asked_about_first(
    stranger: Client, where: str, said: dict[str, str]
) -> None:
    answer = send(stranger, stranger.get(where), where, **said)
    assert answer.status_code == 422
    assert filled(answer, where)["text"] == [said.get("text", "")]
    assert not Report.objects.exists()


def test_what_was_asked_about_is_sent_knowingly(stranger: Client, where: str) -> None:
    said = {"reason": "personal_data", "text": "Hans nummer er 40 12 34 56."}
    asked = send(stranger, stranger.get(where), where, **said)
    assert send(stranger, asked, where, sent_knowingly="phone").status_code == 200
    assert Report.objects.get().text == said["text"]


def test_somebody_in_danger_sees_help_and_is_heard(stranger: Client, where: str) -> None:
    said = {"reason": "worried", "text": "Jeg vil heller ikke leve mere."}
    answer = send(stranger, stranger.get(where), where, **said)
    assert 'href="tel:112"' in answer.content.decode()
    assert Report.objects.get().text == "Jeg vil heller ikke leve mere."


def test_too_many_are_asked_to_wait_with_their_words(stranger: Client, where: str) -> None:
    said = {"reason": "other", "text": ""}
    # The window must not end in the middle of it.
    with time_machine.travel(timezone.now(), tick=False):
        for _time in range(60):
            send(stranger, stranger.get(where), where, **said)
        answer = send(stranger, stranger.get(where), where, reason="tone", text="Hårde ord.")
    assert answer.status_code == 429 and filled(answer, where)["text"] == ["Hårde ord."]


def test_nobody_can_say_to_about_what_is_not_shown(
    stranger: Client, cast: Cast, note: Contribution, where: str
) -> None:
    data = filled(stranger.get(where), where, reason="tone")
    hide(note, by=cast.second_host, reason="names_others", message="Den nævner en anden.")
    assert stranger.get(where).status_code == 404
    assert stranger.post(where, data).status_code == 404
    assert stranger.get("/vaerksteder/sedler/findes-ikke/sig-til/").status_code == 404
    assert not Report.objects.exists()


def test_a_note_behind_a_content_note_stays_folded_on_this_page(
    stranger: Client, note: Contribution, where: str
) -> None:
    Contribution.objects.filter(pk=note.pk).update(content_note="Om vrede")
    page = stranger.get(where).content.decode()
    assert "Om vrede" in page and "Hun i skranken" not in page
