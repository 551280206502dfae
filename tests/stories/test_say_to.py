"""Anybody may say to about a story that is shown."""

import pytest
from django.test import Client

from cocreate.contributions.models import Contribution
from cocreate.moderation.models import Report, ReportReason
from cocreate.moderation.operations import withdraw
from tests.cast import Cast, give_story, show
from tests.stories.pages import filled, forms_in, send


@pytest.fixture
def story(cast: Cast) -> Contribution:
    return show(give_story(), by=cast.host)


@pytest.fixture
def where(story: Contribution) -> str:
    return f"/fortaellinger/{story.public_id}/sig-til/"


def test_the_story_links_to_a_page_of_its_own(stranger: Client, where: str) -> None:
    page = stranger.get(where.removesuffix("sig-til/"))
    assert f'href="{where}"' in page.content.decode()
    form = stranger.get(where)
    assert forms_in(form).choices["reason"] == ReportReason.values
    assert form["Cache-Control"] == "no-store"


@pytest.mark.parametrize("name", ["stranger", "citizen", "host", "politician"])
def test_everybody_can_say_to(cast: Cast, story: Contribution, where: str, name: str) -> None:
    client = cast.client(name, enforce_csrf_checks=True)
    answer = send(client, client.get(where), where, reason="about_me", text="Det er min søster.")
    assert answer.status_code == 200
    report = Report.objects.get()
    assert (report.contribution_id, report.reason) == (story.pk, "about_me")
    assert report.text == "Det er min søster."


def test_said_twice_by_a_double_click_is_said_once(stranger: Client, where: str) -> None:
    data = filled(stranger.get(where), where, reason="tone")
    assert [stranger.post(where, data).status_code for _press in "ab"] == [200, 200]
    assert Report.objects.count() == 1


def test_the_same_words_from_a_page_made_anew_are_one_report(stranger: Client, where: str) -> None:
    for _time in range(2):
        send(stranger, stranger.get(where), where, reason="tone", text="Det er hårdt at læse.")
    assert Report.objects.count() == 1
    send(
        stranger, stranger.get(where), where, reason="tone", text="Det er hårdt at læse, synes jeg"
    )
    assert Report.objects.count() == 2


def test_two_people_without_words_are_two_reports(stranger: Client, where: str) -> None:
    for _person in range(2):
        send(stranger, stranger.get(where), where, reason="tone")
    assert Report.objects.count() == 2


def test_saying_to_does_not_hide_the_story(
    stranger: Client, story: Contribution, where: str
) -> None:
    for _time in range(4):
        send(stranger, stranger.get(where), where, reason="tone")
    story.refresh_from_db()
    assert story.is_public


@pytest.mark.parametrize("reason", [None, "", "findes-ikke", "\x00"])
def test_without_a_reason_the_words_are_kept(
    stranger: Client, where: str, reason: str | None
) -> None:
    answer = send(stranger, stranger.get(where), where, reason=reason, text="Se her")
    assert answer.status_code == 422
    assert filled(answer, where)["text"] == ["Se her"]
    assert not Report.objects.exists()


def test_something_else_needs_a_few_words(stranger: Client, where: str) -> None:
    answer = send(stranger, stranger.get(where), where, reason="other")
    assert answer.status_code == 422
    assert 'href="#id_text"' in answer.content.decode()
    assert send(stranger, answer, where, text="Der står et navn").status_code == 200


def test_a_number_in_it_is_asked_about_once(stranger: Client, where: str) -> None:
    said = {"reason": "personal_data", "text": "Hans nummer er 40 12 34 56."}
    asked = send(stranger, stranger.get(where), where, **said)
    assert asked.status_code == 422
    assert not Report.objects.exists()
    assert send(stranger, asked, where, sent_knowingly="phone").status_code == 200


def test_somebody_in_danger_sees_help_and_is_heard(stranger: Client, where: str) -> None:
    said = {"reason": "worried", "text": "Jeg vil heller ikke leve mere."}
    answer = send(stranger, stranger.get(where), where, **said)
    assert 'href="tel:112"' in answer.content.decode()
    assert Report.objects.get().text == "Jeg vil heller ikke leve mere."


def test_a_stale_page_keeps_the_words(stranger: Client, where: str) -> None:
    long = "Det her handler om min bror, og han ved det ikke. " * 4
    data = filled(stranger.get(where), where, reason="about_me", text=long)
    stranger.cookies.clear()
    answer = stranger.post(where, data)
    assert answer.status_code == 403
    assert filled(answer, where)["text"] == [long]
    assert send(stranger, answer, where).status_code == 200


def test_nobody_can_say_to_about_what_is_not_shown(
    stranger: Client, story: Contribution, where: str
) -> None:
    data = filled(stranger.get(where), where, reason="tone")
    withdraw(story)
    assert stranger.get(where).status_code == 404
    assert stranger.post(where, data).status_code == 404
    assert not Report.objects.exists()


def test_a_network_that_floods_the_desk_is_asked_to_wait(
    stranger: Client, where: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "cocreate.moderation.saying_to.FORMS_AT_A_TIME", {"limit": 0, "seconds": 600}
    )
    answer = send(stranger, stranger.get(where), where, reason="tone", text="Se her")
    assert answer.status_code == 429
    assert filled(answer, where)["text"] == ["Se her"]
