"""A host's letter is read by the same rules: another person's number does not slip into it."""

from collections.abc import Callable

import pytest
from django.http import HttpResponse
from django.test import Client

from cocreate.contributions.models import Contribution, State
from cocreate.moderation.appeals import appeal
from cocreate.moderation.forms import OPENED, letter_for
from cocreate.moderation.models import REASONS_TO_CHOOSE, Appeal, Decision
from cocreate.moderation.operations import hide
from cocreate.moderation.rules import findings_in
from cocreate.text.finder import PERSONAL
from tests.cast import Cast, give_story, show
from tests.moderation.pages.acts import LETTER, WHY, decide, desk_of, now, says, send_decision
from tests.stories.pages import filled

pytestmark = pytest.mark.django_db
SLIPPED = {
    "cpr": "Du blandede sagen sammen med 010180-1234.",
    "phone": "Ring til Mette på 20 30 40 50.",
    "email": "Skriv til mette@privat.example.",
    "address": "Hun bor på Skovvej 12, 3600 Prøveby.",
}
Acts = Callable[[str], HttpResponse]


@pytest.mark.parametrize("kind", SLIPPED)
@pytest.mark.parametrize("outcome", ["returned", "declined"])
def test_what_can_show_who_somebody_is_is_asked_about_once(
    cast: Cast, host: Client, outcome: str, kind: str
) -> None:
    story, letter = give_story().contribution, f"{LETTER}\n\n{SLIPPED[kind]}"
    asked = decide(host, story, outcome, reason=WHY, message=letter)
    assert asked.status_code == 422
    assert says(asked, "Look at your letter once more")
    assert filled(asked, desk_of(story))["message"] == [letter]
    assert not Decision.objects.exists()
    answers = {"reason": WHY, "sent_knowingly": asked.context["accepted"]}
    knowing = send_decision(host, asked, story, outcome, **answers)
    assert knowing.status_code == 302
    assert Decision.objects.get().message == letter


def test_a_word_along_with_what_is_shown_is_read_too(cast: Cast, host: Client) -> None:
    story = give_story().contribution
    asked = decide(host, story, "published", message=SLIPPED["cpr"])
    assert asked.status_code == 422
    assert now(story).state == State.PENDING


def test_the_answer_to_the_one_who_asked_for_another_look_is_read_too(
    cast: Cast, second_host: Client
) -> None:
    story = show(give_story(), by=cast.host)
    asked_for = appeal(hide(story, by=cast.host, reason=WHY, message=LETTER), text="Se igen.")
    address = of_story(story)
    page = second_host.get(desk_of(story))
    answer = filled(page, address, outcome="refused", message=SLIPPED["phone"])
    asked = second_host.post(address, answer)
    assert asked.status_code == 422
    assert filled(asked, address)["message"] == [SLIPPED["phone"]]
    assert Appeal.objects.get().decided_at is None
    knowing = {**filled(asked, address), "sent_knowingly": asked.context["accepted"]}
    assert second_host.post(address, knowing).status_code == 302
    asked_for.refresh_from_db()
    assert asked_for.message == SLIPPED["phone"]


def test_another_number_than_the_one_that_was_meant_is_asked_about_again(
    cast: Cast, host: Client
) -> None:
    story = give_story().contribution
    asked = decide(host, story, "returned", reason=WHY, message=SLIPPED["phone"])
    both = f"{SLIPPED['phone']} {SLIPPED['cpr']}"
    known = {"reason": WHY, "sent_knowingly": asked.context["accepted"]}
    again = send_decision(host, asked, story, "returned", message=both, **known)
    assert again.status_code == 422
    assert not Decision.objects.exists()


def test_a_letter_with_nothing_in_it_is_sent_at_once(cast: Cast, host: Client) -> None:
    story = give_story().contribution
    assert decide(host, story, "returned", reason=WHY, message=LETTER).status_code == 302


@pytest.mark.parametrize("language", ["da", "en"])
def test_our_own_drafts_are_never_asked_about(language: str) -> None:
    for outcome in OPENED:
        for reason in REASONS_TO_CHOOSE:
            found = findings_in(message=letter_for(outcome, reason, language=language))
            assert not [hit for hits in found.values() for hit in hits if hit.kind in PERSONAL]


def of_story(story: Contribution) -> str:
    return f"{desk_of(story)}se-igen/"
