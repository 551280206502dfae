"""Somebody has lost a code: hidden at once, objected to for thirty days, never revealed."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from cocreate.contributions.models import Contribution, State
from cocreate.moderation import lost_codes, operations
from cocreate.moderation.models import LostCode, LostOutcome, Reason
from tests.cast import Cast, give_story, show
from tests.moderation.pages.acts import now, of, opened, press, says

pytestmark = pytest.mark.django_db
LOST = "/kode/mistet/"


def told(client: Client, text: str = "Den om kaffen.", **answers: str) -> LostCode:
    assert press(client, LOST, text=text, **answers).status_code == 200
    return LostCode.objects.latest("pk")


def hidden(cast: Cast, story: Contribution) -> LostCode:
    claimed = lost_codes.claim(submission_id=story.public_id, text="Min.")
    return lost_codes.hide_for(claimed, story, by=cast.host, letter="Skjult indtil videre.")


def test_a_host_hides_what_an_address_names_and_the_holder_objects(
    cast: Cast, host: Client, stranger: Client
) -> None:
    story = show(received := give_story(), by=cast.host)
    claimed = told(stranger, f"https://prøve.dk/fortaellinger/{story.public_id}/")
    assert f"/vaert/mistet-kode/{claimed.pk}/" in host.get("/vaert/").content.decode()
    press(host, f"/vaert/mistet-kode/{claimed.pk}/", outcome="hidden")
    assert now(story).state == State.HIDDEN
    assert story.decisions.latest("pk").reason == Reason.LOST_CODE
    assert (
        of(received, "object_to") in opened(received, stranger).get("/kode/mine/").content.decode()
    )
    press(stranger, of(received, "object_to"))
    assert now(story).state == State.PUBLISHED
    claimed.refresh_from_db()
    assert claimed.outcome == LostOutcome.OBJECTED
    assert stranger.post(of(received, "object_to")).status_code in {302, 403}


def test_known_and_unknown_texts_are_answered_alike(cast: Cast, stranger: Client) -> None:
    story = show(give_story(), by=cast.host)
    pages = [
        press(stranger, LOST, text=text).content for text in (story.public_id, "Der er ingen.")
    ]
    assert pages[0] == pages[1]


def test_the_same_form_twice_is_one_claim_and_they_are_limited(
    stranger: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _twice in range(2):
        lost_codes.claim(submission_id="x", text="Min.")
    assert LostCode.objects.count() == 1
    limit = {"limit": 0, "seconds": 600}
    monkeypatch.setattr("cocreate.moderation.lost_views.CLAIMS_AT_A_TIME", limit)
    assert press(stranger, LOST, text="Min.").status_code == 429
    assert LostCode.objects.count() == 1


def test_nothing_is_hidden_before_a_host_decides(cast: Cast, stranger: Client) -> None:
    story = show(give_story(), by=cast.host)
    for _often in range(5):
        told(stranger, story.public_id)
    assert now(story).state == State.PUBLISHED


def test_after_thirty_days_without_a_word_it_is_taken_back(cast: Cast) -> None:
    story = show(give_story(), by=cast.host)
    claimed = hidden(cast, story)
    assert lost_codes.withdraw_unclaimed(timezone.now() + timedelta(days=30)) == 0
    assert lost_codes.withdraw_unclaimed(timezone.now() + timedelta(days=31)) == 1
    assert lost_codes.withdraw_unclaimed(timezone.now() + timedelta(days=31)) == 0
    claimed.refresh_from_db()
    assert (now(story).state, claimed.outcome) == (State.WITHDRAWN, LostOutcome.WITHDRAWN)


def test_what_was_decided_for_another_reason_stands(cast: Cast, stranger: Client) -> None:
    story = show(received := give_story(), by=cast.host)
    claimed = hidden(cast, story)
    operations.restore(story, by=cast.second_host)
    operations.hide(story, by=cast.second_host, reason=Reason.HATE, message="Nej.")
    answer = press_or_look(opened(received, stranger), of(received, "object_to"))
    assert answer.status_code == 409 and now(story).state == State.HIDDEN
    assert lost_codes.withdraw_unclaimed(timezone.now() + timedelta(days=40)) == 0
    claimed.refresh_from_db()
    assert (now(story).state, claimed.outcome) == (State.HIDDEN, LostOutcome.OVERTAKEN)


def press_or_look(client: Client, address: str) -> object:
    """The page has no form when there is nothing to object to; the address is posted to anyway."""
    token = client.get("/kode/?ny=1").context["csrf_token"]
    return client.post(address, {"csrfmiddlewaretoken": str(token)})


def test_after_an_objection_it_is_not_hidden_so_again(cast: Cast, host: Client) -> None:
    story = show(give_story(), by=cast.host)
    hidden(cast, story)
    lost_codes.object_to(now(story))
    again = lost_codes.claim(submission_id="again", text=story.public_id)
    answer = press(host, f"/vaert/mistet-kode/{again.pk}/", outcome="hidden")
    assert answer.status_code == 409 and now(story).state == State.PUBLISHED
    assert says(
        answer, "The holder of the code has said that it is theirs. It cannot be hidden so."
    )


@pytest.mark.parametrize("address", ["", "x", "a" * 5000, "ingen-er-her-0123456789ab"])
def test_an_address_that_names_nothing_changes_nothing(host: Client, address: str) -> None:
    claimed = lost_codes.claim(submission_id="x", text="Min.")
    where = f"/vaert/mistet-kode/{claimed.pk}/"
    answer = host.post(where, {"outcome": "hidden", "address": address})
    assert answer.status_code == 422
    claimed.refresh_from_db()
    assert claimed.outcome == ""


def test_a_host_can_leave_it(host: Client) -> None:
    claimed = lost_codes.claim(submission_id="x", text="Min.", contact="20 30 40 50")
    press(host, f"/vaert/mistet-kode/{claimed.pk}/", outcome="left")
    claimed.refresh_from_db()
    assert claimed.outcome == LostOutcome.LEFT
    with time_machine.travel(timezone.now() + timedelta(days=91)):
        lost_codes.withdraw_unclaimed()
    claimed.refresh_from_db()
    assert (claimed.text, claimed.contact) == (None, None)


def test_only_hosts_read_claims(cast: Cast) -> None:
    claimed = lost_codes.claim(submission_id="x", text="Min hemmelige tekst.")
    for name in ("citizen", "staff", "politician", "host_without_second_factor"):
        answer = cast.client(name).get(f"/vaert/mistet-kode/{claimed.pk}/")
        assert "Min hemmelige" not in answer.content.decode()


def test_there_is_no_appeal_where_one_can_object(cast: Cast, stranger: Client) -> None:
    story = show(received := give_story(), by=cast.host)
    hidden(cast, story)
    page = opened(received, stranger).get("/kode/mine/").content.decode()
    assert of(received, "appeal") not in page
