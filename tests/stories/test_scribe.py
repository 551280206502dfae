"""Staff type in a pile of paper: each is somebody's own story with a code of its own."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from cocreate.contributions.access import receipt_for_code
from cocreate.contributions.models import Contribution, Helper, State
from cocreate.moderation.models import Finding
from cocreate.stories import sitting
from cocreate.stories.models import Story
from tests.cast import Cast, client_of, show
from tests.stories.pages import code_on, filled

SCRIBE, SLIPS = "/fortael/skriver/", "/fortael/skriver/sedler/"
TEXT = "Jeg sover i min bil."


@pytest.fixture
def scribe(cast: Cast) -> Client:
    return cast.client("staff", enforce_csrf_checks=True)


def typed(client: Client, text: str = TEXT, **answers: Any) -> HttpResponse:
    said = {"text": text, "consents": ["show", "analyse"], **answers}
    return client.post(SCRIBE, filled(client.get(SCRIBE), SCRIBE, **said))


def press(client: Client, go: str, **data: str) -> HttpResponse:
    token = filled(client.get(SCRIBE), SCRIBE)["csrfmiddlewaretoken"][0]
    return client.post(SCRIBE, {"csrfmiddlewaretoken": token, "go": go, **data})


def test_it_is_somebodys_own_story_as_it_stands_on_paper(scribe: Client) -> None:
    answer = typed(scribe, about="relative", theme="2", title="I bilen", language="pl")
    assert answer.status_code == 303
    story = Story.objects.get()
    assert (story.author, story.role, story.channel) == (None, "relative", "paper")
    assert (story.state, story.helper, story.language) == (State.PENDING, Helper.NONE, "pl")
    assert (story.versions.get().text, story.versions.get().title) == (TEXT, "I bilen")
    consents = set(story.consents.values_list("scope", "given_how"))
    assert consents == {("show", "signed"), ("analyse", "signed")}


@pytest.mark.parametrize("channel", ["phone", "in_person"])
def test_what_was_said_was_written_down_with_a_helper(scribe: Client, channel: str) -> None:
    typed(scribe, channel=channel, given_how="spoken")
    story = Story.objects.get()
    assert (story.channel, story.helper) == (channel, Helper.STAFF)


def test_the_next_form_is_empty_and_keeps_what_the_pile_has_in_common(scribe: Client) -> None:
    page = scribe.get(typed(scribe, channel="phone", given_how="spoken", alias="")["Location"])
    form = filled(page, SCRIBE)
    assert (form["text"], form["channel"], form["given_how"]) == ([""], ["phone"], ["spoken"])
    assert "consents" not in form
    assert "autofocus" in page.content.decode()
    assert len(page.context["slips"]) == 1


def test_no_box_on_paper_is_a_no_and_is_not_asked_about(scribe: Client) -> None:
    assert typed(scribe, consents=[]).status_code == 303
    assert not Story.objects.get().consents.exists()


def test_a_yes_needs_how_it_was_given(scribe: Client) -> None:
    answer = typed(scribe, given_how=None)
    assert answer.status_code == 422
    assert filled(answer, SCRIBE)["text"] == [TEXT]
    assert not Contribution.objects.exists()


@pytest.mark.parametrize("wrong", [{"channel": "web"}, {"language": "x"}, {"about": "helping"}])
def test_what_cannot_be_chosen_is_refused_with_every_word(
    scribe: Client, wrong: dict[str, str]
) -> None:
    answer = typed(scribe, **wrong)
    assert (answer.status_code, filled(answer, SCRIBE)["text"]) == (422, [TEXT])
    assert not Contribution.objects.exists()


def test_sent_twice_it_is_one_story_and_one_slip(scribe: Client) -> None:
    data = filled(scribe.get(SCRIBE), SCRIBE, text=TEXT, consents=["show"])
    for _ in range(2):
        assert scribe.post(SCRIBE, data).status_code == 303
    assert Story.objects.count() == 1
    assert len(scribe.get(SLIPS).context["slips"]) == 1


def test_the_next_paper_typed_on_the_page_before_takes_nobodys_place(scribe: Client) -> None:
    data = filled(scribe.get(SCRIBE), SCRIBE, text=TEXT, consents=["show"])
    scribe.post(SCRIBE, data)
    answer = scribe.post(SCRIBE, {**data, "text": ["Noget helt andet."]})
    assert answer.status_code == 409
    assert scribe.post(SCRIBE, filled(answer, SCRIBE)).status_code == 303
    assert {story.versions.get().text for story in Story.objects.all()} == {
        TEXT,
        "Noget helt andet.",
    }
    assert len(scribe.get(SLIPS).context["slips"]) == 2


def test_personal_data_is_asked_about_and_noted(scribe: Client) -> None:
    answer = typed(scribe, "Mit nummer er 010203-1234.")
    assert answer.status_code == 422 and not Contribution.objects.exists()
    kinds = answer.context["accepted"]
    known = filled(answer, SCRIBE, sent_knowingly=kinds)
    assert scribe.post(SCRIBE, known).status_code == 303
    assert Finding.objects.exists()


def test_each_slip_opens_its_story_and_says_no_word_of_it(scribe: Client, stranger: Client) -> None:
    typed(scribe)
    typed(scribe, "Og jeg bor hos min søster.")
    for number in (1, 2):
        slip = scribe.get(f"{SLIPS}?seddel={number}")
        receipt = receipt_for_code(" ".join(code_on(slip)))
        assert receipt is not None
        assert receipt.contributions.get() == slip.context["slips"][0]["slip"].story
        assert TEXT not in slip.content.decode()
        assert slip["Cache-Control"] == "no-store"
    assert len(code_on(scribe.get(SLIPS))) == 14


def test_no_code_lies_in_the_session_or_the_database(scribe: Client) -> None:
    typed(scribe)
    code = code_on(scribe.get(SLIPS))
    kept = str(scribe.session.items())
    assert not any(f"{one} {two}" in kept for one, two in zip(code, code[1:], strict=False))
    assert Story.objects.get().public_id not in kept


def test_done_forgets_the_codes_and_tells_the_browser(scribe: Client) -> None:
    typed(scribe)
    answer = press(scribe, "done")
    assert answer["Clear-Site-Data"] == '"cache", "storage"'
    assert sitting.SITTING_KEY not in scribe.session
    assert scribe.get(SLIPS).status_code == 404
    assert scribe.get(SCRIBE).context["slips"] == []


def test_the_slips_are_forgotten_when_nobody_has_typed_for_hours(scribe: Client) -> None:
    typed(scribe)
    later = timezone.now() + timedelta(seconds=sitting.SITTING_SECONDS + 1)
    with time_machine.travel(later, tick=False):
        assert scribe.get(SLIPS).status_code == 404


def test_the_codes_stand_after_done_was_pressed_for_a_story_in_between(scribe: Client) -> None:
    """That renews the form cookie, to which other codes are bound."""
    typed(scribe)
    code = code_on(scribe.get(SLIPS))
    token = filled(scribe.get(SCRIBE), SCRIBE)["csrfmiddlewaretoken"][0]
    scribe.post("/kode/luk/", {"csrfmiddlewaretoken": token})
    assert code_on(scribe.get(SLIPS)) == code


def test_the_last_one_is_taken_back_once(scribe: Client) -> None:
    typed(scribe)
    typed(scribe, "Den anden.")
    for _ in range(2):
        assert press(scribe, "undo", number="2").status_code in {302, 303}
    states = [story.state for story in Story.objects.order_by("pk")]
    assert states == [State.PENDING, State.WITHDRAWN]
    assert len(scribe.get(SCRIBE).context["slips"]) == 1


def test_what_a_host_has_decided_on_is_not_taken_back(scribe: Client, cast: Cast) -> None:
    typed(scribe)
    show(Contribution.objects.get(), by=cast.host)
    press(scribe, "undo", number="1")
    assert Contribution.objects.get().state == State.PUBLISHED


def test_another_on_the_staff_sees_no_slip_of_it(scribe: Client, cast: Cast) -> None:
    typed(scribe)
    other = cast.client("host")
    session = other.session
    session[sitting.SITTING_KEY] = scribe.session[sitting.SITTING_KEY]
    session.save()
    assert other.get(SLIPS).status_code == 404


@pytest.mark.parametrize(
    ("name", "status"),
    [("citizen", 404), ("politician", 404), ("stranger", 302), ("host_without_second_factor", 302)],
)
def test_it_is_for_staff_with_a_second_factor_alone(cast: Cast, name: str, status: int) -> None:
    client = cast.client(name)
    for where in (SCRIBE, SLIPS):
        assert client.get(where).status_code == status
    assert client.post(SCRIBE, {"text": TEXT}).status_code == status
    assert not Contribution.objects.exists()


def test_a_sitting_has_room_for_so_many(scribe: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sitting, "MOST_IN_A_SITTING", 1)
    typed(scribe)
    answer = typed(scribe, "Den næste.")
    assert (answer.status_code, filled(answer, SCRIBE)["text"]) == (409, ["Den næste."])


def test_the_page_asks_as_much_for_many_as_for_one(
    scribe: Client, django_assert_num_queries: Any
) -> None:
    typed(scribe)
    with django_assert_num_queries(8):
        scribe.get(SCRIBE)
    for number in range(4):
        typed(scribe, f"Nummer {number}.")
    with django_assert_num_queries(8):
        scribe.get(SCRIBE)


@pytest.mark.db
@pytest.mark.django_db(transaction=True)
def test_two_pages_that_save_at_once_both_keep_their_slip(cast: Cast) -> None:
    client = client_of(cast.staff, second_factor=True)
    forms = [filled(client.get(SCRIBE), SCRIBE, text=f"Side {n}.") for n in range(2)]

    def save(data: dict[str, list[str]]) -> int:
        tab = Client()
        tab.cookies = client.cookies
        try:
            return tab.post(SCRIBE, data).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        assert list(pool.map(save, forms)) == [303, 303]
    assert len(client.get(SLIPS).context["slips"]) == 2
