"""One question a page: kept from the first answer on, found again by the code, sent once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cocreate.contributions.models import Contribution, Receipt, State
from cocreate.stories import drafts
from cocreate.stories.models import About, Draft, NameLevel, Recognised, Story
from tests.cast import Cast, show
from tests.stories.pages import code_on, filled, forms_in

START = "/fortael/"
WORDS, TOPIC, NAMES, USE, SEND = (
    f"/fortael/{name}/" for name in ("fortaelling", "emne", "navne", "brug", "send")
)
TEXT = "Jeg ventede i ni uger.\n\nSå ringede hun."
STORY: dict[str, dict[str, Any]] = {
    START: {"about": "relative"},
    WORDS: {"text": TEXT, "title": "Ni uger"},
    TOPIC: {"theme": "2", "guidelines": ["2.3"]},
    NAMES: {"name_level": "nickname", "alias": "Rødhals", "recognised": "perhaps"},
    USE: {"consents": ["show", "quote"], "listed": "on"},
    SEND: {"email": "kim@example.com"},
}


def press(client: Client, where: str, go: str = "next", **answers: Any) -> HttpResponse:
    """Opens a page of the guide, answers, and presses one of its buttons."""
    page = client.get(where)
    assert page.status_code == 200, where
    address = where if where in forms_in(page).found else page.request["PATH_INFO"]
    return client.post(address, {**filled(page, address, **answers), "go": go})


def write(client: Client, until: str = SEND, **changed: Any) -> HttpResponse:
    """The pages in their order, with the story's answers, up to and with one of them."""
    for where, answers in STORY.items():
        answer = press(client, where, **{**answers, **changed.get(where, {})})
        if where == until:
            return answer
    raise AssertionError(until)


def told(client: Client, where: str) -> dict[str, list[str]]:
    return filled(client.get(where), where)


def finish(client: Client) -> None:
    """Presses "Færdig" on the page that says it is saved."""
    closing = reverse("receipt_close")
    client.post(closing, filled(client.get("/fortael/gemt/"), closing))


def show_story(cast: Cast) -> Contribution:
    return show(Contribution.objects.get(), by=cast.host)


def delete(client: Client) -> HttpResponse:
    where = "/fortael/slet/"
    return client.post(where, filled(client.get(where), where))


def test_six_questions_make_a_story_and_one_code(stranger: Client) -> None:
    for where, answers in list(STORY.items())[:-1]:
        answer = press(stranger, where, **answers)
        assert answer.status_code == 303
    code = code_on(stranger.get(WORDS))
    assert len(code) == 7
    assert code_on(stranger.get(SEND)) == code
    assert not Contribution.objects.exists()
    receipt = press(stranger, SEND, **STORY[SEND])
    assert code_on(receipt) == code
    story = Story.objects.get()
    wording = story.versions.get()
    assert (wording.text, wording.title, story.alias) == (TEXT, "Ni uger", "Rødhals")
    assert (story.about, story.role, story.state) == (About.RELATIVE, "relative", State.PENDING)
    assert (story.name_level, story.recognised) == (NameLevel.NICKNAME, Recognised.PERHAPS)
    assert story.listed
    assert [row.code for row in story.guidelines.all()] == ["2.3"]
    assert set(story.consents.values_list("scope", flat=True)) == {"show", "quote"}
    assert story.receipt is not None and story.receipt.email == "kim@example.com"
    assert (Draft.objects.count(), Receipt.objects.count()) == (0, 1)


def test_only_the_words_have_to_be_there(stranger: Client) -> None:
    press(stranger, START)
    press(stranger, WORDS, text="Jeg vil bo")
    for where in (TOPIC, NAMES):
        assert press(stranger, where).status_code == 303
    press(stranger, USE, consents=["show"])
    assert len(code_on(press(stranger, SEND))) == 7
    assert Story.objects.get().versions.get().text == "Jeg vil bo"


def test_it_is_at_most_seven_pages_and_says_so(stranger: Client) -> None:
    write(stranger, until=USE)
    page = stranger.get(SEND)
    assert page.context["number"] < page.context["of"] <= 7
    assert page.content.decode().count("step-line") == 1


def test_the_code_is_shown_again_until_one_is_done(stranger: Client) -> None:
    write(stranger, until=WORDS)
    first = code_on(stranger.get(WORDS))
    assert code_on(stranger.get(WORDS)) == first != []
    finish(stranger)
    assert "Ni uger" not in stranger.get(WORDS).content.decode()
    assert code_on(stranger.get(START)) == []


def test_back_keeps_what_was_typed_right_or_wrong(stranger: Client) -> None:
    write(stranger, until=WORDS)
    answer = press(stranger, NAMES, go="back", name_level="nickname", alias="Egedal Kommune")
    assert (answer.status_code, answer["Location"]) == (303, TOPIC)
    assert told(stranger, NAMES)["alias"] == ["Egedal Kommune"]
    assert told(stranger, WORDS)["text"] == [TEXT]
    assert press(stranger, WORDS, go="back")["Location"] == f"{START}?tilbage=1"
    assert told(stranger, f"{START}?tilbage=1")["about"] == ["relative"]


def test_one_stops_and_goes_on_another_day_on_another_phone(stranger: Client) -> None:
    write(stranger, until=WORDS)
    press(stranger, TOPIC, go="stop", theme="2")
    saved = stranger.get("/fortael/gemt/")
    code = code_on(saved)
    assert len(code) == 7
    finish(stranger)
    other = Client()
    with time_machine.travel(timezone.now() + timedelta(days=40)):
        assert TEXT[:20] not in other.get(WORDS).content.decode()
        opened = other.post("/kode/", {"code": " ".join(code)}, follow=True)
        assert START in opened.content.decode()
        assert TEXT[:20] not in opened.content.decode()
        assert other.get(START).context["on"].url == NAMES
        assert told(other, WORDS)["text"] == [TEXT]
        assert told(other, TOPIC)["theme"] == ["2"]
        press(other, USE, consents=["show"])
        receipt = press(other, SEND)
    assert receipt.status_code == 200
    # They have the code already, and nothing here could make it again.
    assert code_on(receipt) == []
    story = Story.objects.get()
    assert story.versions.get().text == TEXT
    assert Receipt.objects.get().pk == story.receipt_id


def test_half_an_hour_over_a_page_loses_nothing(stranger: Client) -> None:
    write(stranger, until=START)
    page = stranger.get(WORDS)
    sent = {**filled(page, WORDS, text=TEXT), "go": "next"}
    with time_machine.travel(timezone.now() + timedelta(minutes=31)):
        assert TEXT[:20] not in stranger.get(WORDS).content.decode()
        assert stranger.post(WORDS, sent)["Location"] == TOPIC
        assert told(stranger, WORDS)["text"] == [TEXT]
        assert Draft.objects.count() == 1


def test_a_session_that_is_gone_loses_nothing(stranger: Client) -> None:
    write(stranger, until=START)
    page = stranger.get(WORDS)
    code = code_on(page)
    stranger.cookies.pop("sessionid")
    stranger.post(WORDS, {**filled(page, WORDS, text=TEXT), "go": "next"})
    assert code_on(stranger.get(WORDS)) == code
    assert told(stranger, WORDS)["text"] == [TEXT]


def test_a_first_answer_that_was_lost_is_sent_again_and_makes_one_draft(stranger: Client) -> None:
    page = stranger.get(START)
    sent = {**filled(page, START, about="self"), "go": "next"}
    stranger.post(START, sent)
    code = code_on(stranger.get(WORDS))
    stranger.cookies.pop("sessionid")
    stranger.post(START, sent)
    assert code_on(stranger.get(WORDS)) == code
    assert (Draft.objects.count(), Receipt.objects.count()) == (1, 1)


def test_a_last_answer_that_was_lost_shows_the_same_receipt(stranger: Client) -> None:
    write(stranger, until=USE)
    sent = {**filled(stranger.get(SEND), SEND), "go": "next"}
    first = stranger.post(SEND, sent)
    stranger.cookies.pop("sessionid")
    for _ in range(2):
        assert code_on(stranger.post(SEND, sent)) == code_on(first) != []
    assert (Story.objects.count(), Draft.objects.count()) == (1, 0)


def test_words_written_after_it_was_sent_are_a_draft_of_their_own(stranger: Client) -> None:
    write(stranger, until=USE)
    old = filled(stranger.get(WORDS), WORDS)
    press(stranger, SEND)
    answer = stranger.post(WORDS, {**old, "text": "Noget helt andet.", "go": "next"})
    assert answer.status_code == 303
    assert told(stranger, WORDS)["text"] == ["Noget helt andet."]
    assert Story.objects.get().versions.get().text == TEXT


def test_a_page_without_words_says_so_and_keeps_the_rest(stranger: Client) -> None:
    write(stranger, until=START)
    answer = press(stranger, WORDS, text=" ", title="Ni uger")
    assert answer.status_code == 422
    assert filled(answer, WORDS)["title"] == ["Ni uger"]
    assert told(stranger, WORDS)["title"] == ["Ni uger"]


def test_a_text_that_is_too_long_is_kept_whole(stranger: Client) -> None:
    long = "Vi ventede igen. " * 1_300
    write(stranger, until=START)
    answer = press(stranger, WORDS, text=long)
    assert answer.status_code == 422
    assert told(stranger, WORDS)["text"] == [long.strip()]


def test_a_stale_token_keeps_every_word(stranger: Client) -> None:
    write(stranger, until=START)
    data = {**filled(stranger.get(WORDS), WORDS, text=TEXT), "go": "next"}
    answer = stranger.post(WORDS, {**data, "csrfmiddlewaretoken": "gammel"})
    assert answer.status_code == 403
    again = filled(answer, WORDS)
    assert again["text"] == [TEXT]
    assert stranger.post(WORDS, again).status_code == 303
    assert told(stranger, WORDS)["text"] == [TEXT]


def test_what_is_typed_is_kept_while_one_types(stranger: Client) -> None:
    write(stranger, until=START)
    page = filled(stranger.get(WORDS), WORDS, text="Halvt skr")
    assert stranger.post(WORDS, {**page, "go": "save"}).status_code == 204
    assert told(stranger, WORDS)["text"] == ["Halvt skr"]


def test_somebody_in_danger_sees_help_and_the_words_are_safe(stranger: Client) -> None:
    write(stranger, until=START)
    answer = press(stranger, WORDS, text="Jeg vil ikke leve mere.")
    # By a redirect: no answer to a form that lies in the browser's history holds the words.
    page = stranger.get(answer["Location"]).content.decode()
    assert 'href="tel:112"' in page and f'href="{TOPIC}"' in page
    assert "leve mere" not in page
    press(stranger, WORDS, go="stop")
    assert 'href="tel:112"' in stranger.get("/fortael/gemt/").content.decode()
    assert told(stranger, WORDS)["text"] == ["Jeg vil ikke leve mere."]


def test_personal_data_is_asked_about_before_it_is_sent(stranger: Client) -> None:
    personal = {WORDS: {"text": "Ring til mig på 40 12 34 56."}}
    answer = write(stranger, **personal)
    assert answer.status_code == 422
    assert "40 12 34 56</bdi>" in answer.content.decode()
    assert not Contribution.objects.exists()
    again = {**filled(answer, SEND), "sent_knowingly": answer.context["accepted"]}
    assert len(code_on(stranger.post(SEND, again))) == 7


def test_nothing_ticked_is_asked_about_once(stranger: Client) -> None:
    asked = write(stranger, **{USE: {"consents": [], "listed": None}})
    assert asked.status_code == 422
    assert not Contribution.objects.exists()
    answer = stranger.post(SEND, {**filled(asked, SEND), "without_use": "1"})
    assert len(code_on(answer)) == 7
    assert not Story.objects.get().consents.exists()
    assert not Draft.objects.exists()


def test_an_answer_that_is_wrong_on_another_page_leads_there(stranger: Client) -> None:
    write(stranger, until=WORDS)
    press(stranger, NAMES, go="back", name_level="nickname", alias="")
    answer = press(stranger, SEND)
    assert answer.status_code == 422
    assert f'href="{NAMES}?ret=1"' in answer.content.decode().partition("data-errors")[2]
    assert Draft.objects.count() == 1


def test_nobody_else_opens_a_draft(stranger: Client, cast: Cast) -> None:
    write(stranger, until=WORDS)
    for name in ("stranger", "citizen", "host", "analyst", "editor"):
        client = cast.client(name) if name != "stranger" else Client()
        for where in (WORDS, SEND, "/fortael/gemt/", "/fortael/slet/", "/vaert/", "/analyse/"):
            assert TEXT[:20] not in client.get(where).content.decode(), (name, where)
        client.post("/fortael/slet/")
    assert Draft.objects.count() == 1


def test_the_next_at_a_shared_computer_begins_anew(stranger: Client) -> None:
    write(stranger, until=WORDS)
    finish(stranger)
    write(stranger, until=START)
    assert told(stranger, WORDS)["text"] == [""]
    assert Draft.objects.count() == 2


def test_two_tabs_with_two_stories_are_kept_apart(stranger: Client) -> None:
    write(stranger, until=START)
    first = filled(stranger.get(WORDS), WORDS)
    press(stranger, f"{START}?ny=1", about="self")
    second = filled(stranger.get(WORDS), WORDS)
    stranger.post(WORDS, {**first, "text": "Den ene.", "go": "save"})
    stranger.post(WORDS, {**second, "text": "Den anden.", "go": "save"})
    stranger.post(WORDS, {**first, "text": "Den ene, mere.", "go": "save"})
    texts = [drafts.answers_of(draft)["text"] for draft in Draft.objects.order_by("pk")]
    assert texts == [["Den ene, mere."], ["Den anden."]]


def test_a_begun_story_is_offered_before_a_new_one(stranger: Client) -> None:
    write(stranger, until=WORDS)
    page = stranger.get(f"{START}?retningslinje=2.3")
    assert page.context["on"].url == TOPIC
    assert "retningslinje=2.3" in page.context["anew"]
    assert forms_in(stranger.get(page.context["anew"])).found


def test_the_address_says_what_it_is_about(stranger: Client) -> None:
    press(stranger, f"{START}?retningslinje=2.3", about="self")
    assert told(stranger, TOPIC)["guidelines"] == ["2.3"]


def test_an_account_finds_its_draft_without_a_code(cast: Cast) -> None:
    client = cast.client("citizen")
    write(client, until=WORDS)
    again = cast.client("citizen")
    assert told(again, WORDS)["text"] == [TEXT]
    press(again, USE, consents=["show"])
    press(again, SEND)
    assert Story.objects.get().author == cast.citizen


def test_a_draft_is_deleted_and_nothing_is_left(stranger: Client) -> None:
    write(stranger, until=WORDS)
    assert delete(stranger).status_code == 200
    assert not Draft.objects.exists()
    assert not Receipt.objects.exists()


def test_a_draft_nobody_comes_back_to_is_deleted_in_time(stranger: Client) -> None:
    write(stranger, until=WORDS)
    assert drafts.forget_old() == 0
    assert drafts.forget_old(timezone.now() + timedelta(days=366)) == 1
    assert not Receipt.objects.exists()


def test_a_code_that_holds_a_story_stays_when_its_draft_goes(stranger: Client) -> None:
    write(stranger)
    press(stranger, START, under_open_code="on")
    assert Draft.objects.get().receipt == Receipt.objects.get()
    delete(stranger)
    assert Receipt.objects.count() == 1


def test_no_word_of_a_draft_lies_open_in_the_database(stranger: Client) -> None:
    write(stranger, until=NAMES)
    with connection.cursor() as cursor:
        cursor.execute("SELECT answers FROM stories_draft")
        (stored,) = cursor.fetchone()
    for words in ("ventede", "Ni uger", "Rødhals", "relative"):
        assert words not in stored


def test_a_network_that_begins_without_end_waits_with_its_words(
    stranger: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    limit = {"limit": 0, "seconds": 600}
    monkeypatch.setattr("cocreate.stories.guide_views.DRAFTS_AT_A_TIME", limit)
    page = filled(stranger.get(START), START)
    answer = stranger.post(WORDS, {**page, "text": TEXT, "go": "next"})
    assert answer.status_code == 429
    assert filled(answer, WORDS)["text"] == [TEXT]


@pytest.mark.parametrize("where", [START, WORDS, TOPIC, NAMES, USE, SEND])
@pytest.mark.parametrize("value", ["\x00", "\ud800".encode("utf-8", "replace").decode(), "x" * 999])
def test_nonsense_is_answered(stranger: Client, where: str, value: str) -> None:
    write(stranger, until=WORDS)
    names = ("about", "text", "theme", "guidelines", "name_level", "alias", "consents", "email")
    page = filled(stranger.get(SEND), SEND)
    answer = stranger.post(where, {**page, **dict.fromkeys(names, value), "go": value})
    assert answer.status_code < 500
    assert stranger.get("/fortael/findes-ikke/").status_code == 404


@pytest.mark.db
@pytest.mark.django_db(transaction=True)
def test_the_same_first_page_sent_at_once_is_one_draft_and_one_story(strategy: None) -> None:
    client = Client()
    first = {**filled(client.get(START), START), "go": "next"}

    def begin(_turn: int) -> list[str]:
        try:
            own = Client()
            own.cookies["csrftoken"] = client.cookies["csrftoken"].value
            own.post(START, first)
            return code_on(own.get(WORDS))
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as people:
        codes = list(people.map(begin, range(4)))
    assert all(code == codes[0] for code in codes) and len(codes[0]) == 7
    assert (Draft.objects.count(), Receipt.objects.count()) == (1, 1)


@pytest.mark.db
@pytest.mark.django_db(transaction=True)
def test_sent_from_two_phones_at_once_it_is_one_story(strategy: None) -> None:
    client = Client()
    write(client, until=USE)
    code = " ".join(code_on(client.get(WORDS)))
    phones = [Client(), Client()]
    for phone in phones:
        phone.get("/kode/")
        phone.post("/kode/", {"code": code})
    sent = [{**filled(phone.get(SEND), SEND), "go": "next"} for phone in phones]

    def send(turn: int) -> int:
        try:
            return phones[turn].post(SEND, sent[turn]).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as people:
        statuses = list(people.map(send, range(2)))
    assert Story.objects.count() == 1
    assert 200 in statuses and all(status < 500 for status in statuses)


def test_an_answer_changed_from_the_last_page_leads_back_to_it(stranger: Client) -> None:
    write(stranger, until=USE)
    for where, answers in {START: {"about": "self"}, WORDS: {"text": "Kortere."}}.items():
        page = stranger.get(f"{where}?ret=1")
        action = f"{where}?ret=1"
        answer = stranger.post(action, {**filled(page, action, **answers), "go": "next"})
        assert answer["Location"] == SEND
    press(stranger, SEND)
    assert Story.objects.get().versions.get().text == "Kortere."
    assert Story.objects.get().about == About.SELF


@pytest.mark.parametrize("listed", ["on", None])
def test_search_engines_are_let_in_by_a_yes_alone(
    stranger: Client, cast: Cast, listed: str | None
) -> None:
    write(stranger, **{USE: {"listed": listed}})
    story = show_story(cast)
    page = stranger.get(f"/fortaellinger/{story.public_id}/").content.decode()
    assert ('content="noindex"' in page) == (listed is None)
    assert "Rødhals" in page


# --- what a hostile reader found ------------------------------------------------------------------


def with_code(code: list[str]) -> Client:
    client = Client()
    client.get("/kode/")
    client.post("/kode/", {"code": " ".join(code)})
    return client


@pytest.mark.parametrize("minutes", [1, 40, 3000])
def test_whoever_sits_down_next_begins_anew_although_nobody_pressed_done(
    stranger: Client, minutes: int
) -> None:
    """The browser was never closed, so its form cookie is the same."""
    write(stranger, until=WORDS)
    stranger.cookies.pop("sessionid")
    with time_machine.travel(timezone.now() + timedelta(minutes=minutes)):
        press(stranger, START, about="self")
        assert told(stranger, WORDS)["text"] == [""]
    assert Draft.objects.count() == 2


def test_an_old_page_opens_nothing_after_a_day(stranger: Client) -> None:
    write(stranger, until=WORDS)
    old = {**filled(stranger.get(TOPIC), TOPIC), "go": "next"}
    stranger.cookies.pop("sessionid")
    with time_machine.travel(timezone.now() + timedelta(hours=25)):
        stranger.post(TOPIC, old)
        assert told(stranger, WORDS)["text"] == [""]


def test_signing_out_closes_the_draft_of_an_account(cast: Cast) -> None:
    client = cast.client("citizen")
    write(client, until=WORDS)
    old = filled(client.get(TOPIC), TOPIC)
    client.logout()
    for go in ("save", "next"):
        client.post(TOPIC, {**old, "go": go})
        assert TEXT[:20] not in client.get(WORDS).content.decode()


def test_staff_who_held_the_pen_read_nothing_more(cast: Cast) -> None:
    staff = cast.client("staff")
    press(staff, START)
    code = code_on(staff.get(WORDS))
    finish(staff)
    citizen = with_code(code)
    press(citizen, WORDS, text=TEXT)
    again = cast.client("staff")
    for where in (START, WORDS, SEND):
        assert TEXT[:20] not in again.get(where).content.decode()


def test_staff_send_no_citizens_story_in_their_own_name(stranger: Client, cast: Cast) -> None:
    write(stranger, until=USE, **{NAMES: {"name_level": "none", "alias": ""}})
    staff = cast.client("staff")
    staff.get("/kode/")
    staff.post("/kode/", {"code": " ".join(code_on(stranger.get(WORDS)))})
    assert press(staff, SEND).status_code == 422
    assert not Story.objects.exists()
    assert Draft.objects.count() == 1


def test_what_was_changed_after_it_was_shown_is_not_sent_unseen(stranger: Client) -> None:
    write(stranger, until=USE)
    shown = {**filled(stranger.get(SEND), SEND), "go": "next"}
    other = with_code(code_on(stranger.get(WORDS)))
    press(other, USE, consents=["show", "quote", "analyse", "read_aloud"])
    answer = stranger.post(SEND, shown)
    assert answer.status_code == 422
    assert not Story.objects.exists()
    again = {**filled(answer, SEND), "go": "next"}
    assert stranger.post(SEND, again).status_code == 200


def test_send_it_without_any_use_means_it(stranger: Client) -> None:
    asked = write(stranger, **{USE: {"consents": [], "listed": None}})
    other = with_code(code_on(stranger.get(WORDS)))
    press(other, USE, consents=["show"])
    sent = {**filled(asked, SEND), "without_use": "1"}
    answer = stranger.post(SEND, sent)
    if answer.status_code == 422:
        answer = stranger.post(SEND, {**filled(answer, SEND), "without_use": "1", "asked": "1"})
    assert answer.status_code == 200
    assert not Story.objects.get().consents.exists()


def test_what_is_mended_where_one_is_asked_is_what_is_sent(stranger: Client) -> None:
    asked = write(stranger, **{USE: {"consents": [], "listed": None}})
    mended = {**filled(asked, SEND), "text": "Ring 40 12 34 56.", "consents": ["show"]}
    again = stranger.post(SEND, mended)
    assert again.status_code == 422
    known = {**filled(again, SEND), "sent_knowingly": again.context["accepted"]}
    assert stranger.post(SEND, known).status_code == 200
    story = Story.objects.get()
    assert story.versions.get().text == "Ring 40 12 34 56."
    assert list(story.consents.values_list("scope", flat=True)) == ["show"]


def test_a_retry_of_yes_delete_it_deletes_no_other_draft(stranger: Client) -> None:
    write(stranger, until=WORDS)
    press(stranger, f"{START}?ny=1", about="self", under_open_code="on")
    where = "/fortael/slet/"
    yes = filled(stranger.get(where), where)
    for _ in range(2):
        stranger.post(where, yes)
    assert Draft.objects.count() == 1


def test_each_of_two_drafts_under_a_code_can_be_opened(stranger: Client) -> None:
    write(stranger, until=WORDS)
    press(stranger, f"{START}?ny=1", about="self", under_open_code="on")
    press(stranger, WORDS, text="Den anden.")
    held = stranger.get("/kode/mine/").content.decode()
    for draft, text in zip(Draft.objects.order_by("pk"), (TEXT, "Den anden."), strict=True):
        link = f"{START}?kladde={draft.public_id}"
        assert link in held
        stranger.get(link)
        assert told(stranger, WORDS)["text"] == [text]


def test_a_page_at_home_goes_on_after_it_was_sent_at_the_library(stranger: Client) -> None:
    write(stranger, until=USE)
    home = {**filled(stranger.get(WORDS), WORDS, text="Mere."), "go": "next"}
    library = with_code(code_on(stranger.get(WORDS)))
    assert press(library, SEND).status_code == 200
    assert stranger.post(WORDS, home).status_code == 303
    assert told(stranger, WORDS)["text"] == ["Mere."]


def test_saving_by_itself_begins_nothing(stranger: Client) -> None:
    write(stranger, until=WORDS)
    page = {**filled(stranger.get(WORDS), WORDS), "go": "save"}
    delete(stranger)
    assert stranger.post(WORDS, page).status_code == 409
    assert not Draft.objects.exists()


def test_what_comes_late_does_not_put_back_what_was_typed_before(stranger: Client) -> None:
    write(stranger, until=START)
    page = filled(stranger.get(WORDS), WORDS)
    stranger.post(WORDS, {**page, "text": "Hele sætningen.", "turn": "17.2", "go": "next"})
    stranger.post(WORDS, {**page, "text": "Hele sæt", "turn": "17.1", "go": "save"})
    assert told(stranger, WORDS)["text"] == ["Hele sætningen."]


def test_no_row_grows_without_end(stranger: Client) -> None:
    write(stranger, until=START)
    answer = press(stranger, WORDS, text="æ" * 300_000)
    assert answer.status_code == 422
    assert told(stranger, WORDS)["text"] == [""]


def test_a_worker_leaves_what_was_saved_meanwhile(stranger: Client) -> None:
    write(stranger, until=WORDS)
    draft = Draft.objects.get()
    drafts.delete(draft, not_saved_since=timezone.now() - timedelta(days=1))
    assert Draft.objects.exists()


def test_an_account_that_is_deleted_leaves_the_draft_to_its_code(cast: Cast) -> None:
    client = cast.client("citizen")
    write(client, until=WORDS)
    code = code_on(client.get(WORDS))
    cast.citizen.delete()
    assert told(with_code(code), WORDS)["text"] == [TEXT]


def test_search_engines_are_out_when_the_box_was_unticked_before_a_second_press() -> None:
    client = Client()
    page = client.get("/fortael/paa-en-side/")
    where = "/fortael/paa-en-side/"
    first = filled(page, where, text="Jeg vil bo", consents=["show"], listed="on")
    client.post(where, first)
    assert Story.objects.get().listed
    client.post(where, {name: said for name, said in first.items() if name != "listed"})
    assert not Story.objects.get().listed


def test_what_can_no_longer_be_replaced_stays_one_draft_with_every_word(cast: Cast) -> None:
    """The first was shown while the question about it stood open."""
    client = cast.client("citizen")
    write(client)
    asked = write(client, **{START: {"about": "self"}, WORDS: {"text": f"{TEXT} Endelig."}})
    assert asked.status_code == 422 and asked.context["instead"]
    show_story(cast)
    answer = client.post(SEND, {**filled(asked, SEND), "instead": asked.context["instead"]})
    assert answer.status_code == 409
    assert Draft.objects.count() == 1
    assert told(client, WORDS)["text"] == [f"{TEXT} Endelig."]
    assert client.post(SEND, {**filled(answer, SEND), "go": "next"}).status_code in {200, 422}
    assert Story.objects.filter(state=State.PUBLISHED).count() == 1
