""" "Foreslå en rettelse": a host asks on the desk, and the author answers under the code."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cocreate.contributions.models import Audience, Contribution, MadeBy, State
from cocreate.contributions.operations import Received, Words
from cocreate.moderation import operations
from cocreate.moderation.editing import accept, close_unanswered, decline, suggest
from cocreate.moderation.models import Answer, Outcome, SuggestedEdit
from cocreate.moderation.templatetags.days import day_in_words, moment_in_words
from tests.cast import Cast, begin, give_story, open_forum, open_in, reply, show, topic_of
from tests.moderation.pages.acts import LETTER, WHY, desk_of, now, of, opened, press, read, says
from tests.moderation.test_editing import HOSTS, OWN, asked, told
from tests.stories.pages import filled, forms_in

MINE = "/kode/mine/"
ASK = "Kan vi skrive det uden navnet?"
pytestmark = pytest.mark.django_db


def propose(client: Client, received: Received, text: str = HOSTS, **answers: Any) -> HttpResponse:
    """A host opens the item, folds out the form and sends it."""
    address = of(received, "desk_edit")
    page = read(client, received.contribution)
    answers = {"message": ASK, **answers}
    return client.post(address, filled(page, address, text=text, **answers))


def proposed(cast: Cast, **given: Any) -> tuple[Received, SuggestedEdit, Client]:
    received = told(**given)
    propose(cast.client("host"), received)
    edit = SuggestedEdit.objects.get(contribution=received.contribution)
    return received, edit, opened(received, Client())


def answer(client: Client, received: Received, said: str, **fields: str) -> HttpResponse:
    return press(client, of(received, "suggested_edit"), answer=said, **fields)


def edit_of(received: Received) -> SuggestedEdit:
    return SuggestedEdit.objects.filter(contribution=received.contribution).latest("pk")


# --- the desk -------------------------------------------------------------------------------------


def test_the_form_begins_with_the_authors_words(cast: Cast, host: Client) -> None:
    received = told()
    page = read(host, received.contribution)
    form = forms_in(page).found[of(received, "desk_edit")]
    assert (form["text"], form["title"], form["message"]) == ([OWN], ["En nøgle"], [""])
    assert says(page, "Propose other words")
    assert '<details class="fold" id="propose">' in page.content.decode()


def test_a_change_goes_to_the_author_and_the_host_reads_on(cast: Cast, host: Client) -> None:
    received = told()
    assert propose(host, received, title="En nabo").status_code == 302
    edit = edit_of(received)
    assert (edit.version.title, edit.version.text) == ("En nabo", HOSTS)
    assert (edit.version.made_by, edit.decision.message) == (MadeBy.HOST, ASK)
    page = read(host, received.contribution)
    assert says(page, "A change that lies with the author")
    assert says(page, "The author is asked about your words now. Nothing is shown without a yes.")
    assert of(received, "desk_edit") not in forms_in(page).found


@pytest.mark.parametrize(
    ("field", "words"),
    [("message", ""), ("message", " \n"), ("text", ""), ("text", "x" * 20_001), ("text", OWN),
     ("title", "t" * 201), ("message", "m" * 4_001)],
)  # fmt: skip
def test_what_cannot_be_sent_keeps_every_word(
    cast: Cast, host: Client, field: str, words: str
) -> None:
    received = told()
    typed = {"text": HOSTS, "title": "En nabo", "message": ASK} | {field: words}
    if field == "text" and words == OWN:
        typed["title"] = "En nøgle"
    page = propose(host, received, **typed)
    assert page.status_code == 422
    form = forms_in(page).found[of(received, "desk_edit")]
    kept = {name: form[name] for name in typed}
    assert kept == {name: [value.strip()] for name, value in typed.items()}
    assert '<details class="fold" id="propose" open>' in page.content.decode()
    assert not SuggestedEdit.objects.exists()


def test_personal_data_in_the_letter_is_asked_about_once(cast: Cast, host: Client) -> None:
    received = told()
    page = propose(host, received, message="Ring til Kaj på 20 30 40 50.")
    assert page.status_code == 422 and says(page, "Look at your letter once more")
    address = of(received, "desk_edit")
    again = filled(page, address, sent_knowingly="phone name")
    assert again["text"] == [HOSTS]
    assert host.post(address, again).status_code == 302


def test_when_somebody_was_quicker_no_word_is_lost(
    cast: Cast, host: Client, second_host: Client
) -> None:
    received = told()
    address = of(received, "desk_edit")
    form = filled(read(host, received.contribution), address, text=HOSTS, message=ASK)
    operations.publish(received.contribution, by=cast.second_host)
    page = host.post(address, form)
    assert page.status_code == 409
    kept = forms_in(page).found[address]
    assert (kept["text"], kept["message"]) == ([HOSTS], [ASK])
    assert says(page, "It cannot be sent now. Your words are here, so that you can copy them.")
    assert now(received.contribution).published_text == OWN


def test_when_the_author_wrote_anew_the_host_reads_that_first(cast: Cast, host: Client) -> None:
    received = told()
    address = of(received, "desk_edit")
    form = filled(read(host, received.contribution), address, text=HOSTS, message=ASK)
    browser = opened(received, Client())
    press(browser, of(received, "reword"), text="Mine nye ord.", consents=["show"])
    page = host.post(address, form)
    assert page.status_code == 409 and "Mine nye ord." in page.content.decode()
    assert not SuggestedEdit.objects.exists()
    again = filled(page, address)
    assert again["text"] == [HOSTS] and host.post(address, again).status_code == 302
    assert edit_of(received).about.text == "Mine nye ord."


def test_the_same_question_pressed_twice_is_one(cast: Cast, host: Client) -> None:
    received = told()
    address = of(received, "desk_edit")
    form = filled(read(host, received.contribution), address, text=HOSTS, message=ASK)
    assert [host.post(address, form).status_code for _ in range(2)] == [302, 302]
    assert SuggestedEdit.objects.count() == 1


def test_a_host_proposes_no_change_of_their_own(cast: Cast, host: Client) -> None:
    received = told(viewer=cast.viewer("host"))
    assert of(received, "desk_edit") not in forms_in(read(host, received.contribution)).found
    page = host.post(
        of(received, "desk_edit"), {"text": HOSTS, "message": ASK, "wording": "1", "title": "T"}
    )
    assert page.status_code == 422 and not SuggestedEdit.objects.exists()


def test_a_host_proposes_no_change_of_what_was_given_by_the_code_open_here(cast: Cast) -> None:
    received = told()
    client = cast.client("host")
    assert received.contribution.receipt is not None
    open_in(client, received.contribution.receipt)
    address = of(received, "desk_edit")
    assert client.post(address, {"text": HOSTS, "message": ASK}).status_code == 404


def test_a_closed_rooms_posts_are_its_own_hosts_to_ask_about(
    cast: Cast, host: Client, second_host: Client
) -> None:
    room = open_forum("lukket", audience=Audience.ROOM, hosts=[cast.second_host])
    received = begin(room, OWN)
    address = of(received, "desk_edit")
    assert host.post(address, {"text": HOSTS, "message": ASK}).status_code == 404
    assert propose(second_host, received).status_code == 302


def test_an_answer_in_a_topic_has_no_heading_to_change(cast: Cast, host: Client) -> None:
    opening = begin(open_forum())
    show(opening, by=cast.host)
    received = reply(topic_of(opening), OWN)
    form = forms_in(read(host, received.contribution)).found[of(received, "desk_edit")]
    assert "title" not in form
    host.post(
        of(received, "desk_edit"),
        {"text": HOSTS, "title": "Smuglet", "message": ASK, "wording": "1"},
    )
    assert not edit_of(received).version.title


def test_while_it_lies_with_the_author_the_own_words_stand_on_the_desk(
    cast: Cast, host: Client
) -> None:
    received, _edit, _author = proposed(cast)
    page = read(host, received.contribution)
    assert says(page, "A host's words without the author's yes. They are never shown.")
    shown = page.content.decode().partition('id="text"')[2].partition("</section>")[0]
    assert "Skolevej" in shown and "En nabo" not in shown


def test_a_no_is_told_to_the_host_who_decides_then(cast: Cast, host: Client) -> None:
    received, edit, _author = proposed(cast)
    decline(edit)
    page = read(host, received.contribution)
    assert says(page, "The author has said no to the change. These are the author's own words.")
    address = desk_of(received.contribution)
    # The number of the host's wording is not the one that can be shown.
    assert host.post(address, {"outcome": "published", "wording": "2"}).status_code == 409
    assert host.post(address, filled(page, address, outcome="published")).status_code == 302
    assert now(received.contribution).published_text == OWN


def test_the_item_asks_as_much_however_often_a_change_was_proposed(
    cast: Cast, host: Client
) -> None:
    taken = []
    for number in (1, 5):
        received = told()
        for count in range(number):
            assert propose(host, received, text=f"Forslag {count}.").status_code == 302
            if count < number - 1:
                decline(edit_of(received))
        with CaptureQueriesContext(connection) as queries:
            assert read(host, received.contribution).status_code == 200
        taken.append(len(queries))
    assert taken[0] == taken[1] <= 21


# --- the author -----------------------------------------------------------------------------------


def test_the_author_sees_what_is_changed_in_words_and_by_when_to_answer(cast: Cast) -> None:
    received, edit, author = proposed(cast)
    day = {"day": day_in_words(edit.answer_by)}
    wanted = "Answer on %(day)s at the latest. Nothing is shown without your yes."
    listed = author.get(MINE)
    assert says(listed, "A host proposes other words. " + wanted, **day)
    assert of(received, "suggested_edit") in listed.content.decode()
    page = author.get(of(received, "suggested_edit"))
    assert page.status_code == 200 and ASK in page.content.decode()
    body = page.content.decode()
    assert "<del>Kaj på Skolevej</del>" in body and "<ins>En nabo</ins>" in body
    for label in ("taken out:", "put in:", "Yes, use it", "No, use my own words"):
        assert says(page, label)
    assert HOSTS in body.partition("<details")[2]
    assert "Testvig" not in body


def test_a_yes_is_shown_after_a_day_and_can_be_regretted_until_then(cast: Cast) -> None:
    received, edit, author = proposed(cast)
    assert answer(author, received, "yes").headers["Location"] == MINE
    story = now(received.contribution)
    page = author.get(MINE)
    moment = moment_in_words(story.publish_at)
    assert says(page, "You can change your mind until %(moment)s.", moment=moment)
    assert HOSTS in page.content.decode()
    address = of(received, "suggested_edit")
    assert author.post(address, filled(page, address, answer="regret")).status_code == 302
    assert (now(story).state, now(story).publish_at) == (State.PENDING, None)
    page = author.get(MINE)
    assert OWN in page.content.decode() and HOSTS not in page.content.decode()
    assert edit_of(received).regretted_at is not None


def test_a_no_leaves_the_own_words(cast: Cast) -> None:
    received, edit, author = proposed(cast)
    assert answer(author, received, "no").status_code == 302
    edit.refresh_from_db()
    assert (edit.answer, now(received.contribution).state) == (Answer.DECLINED, State.PENDING)
    assert says(
        author.get(of(received, "suggested_edit")), "You have said no. Your own words stand."
    )


def test_own_words_begin_with_the_hosts(cast: Cast) -> None:
    received, edit, author = proposed(cast)
    page = author.get(of(received, "suggested_edit"))
    link = f"{of(received, 'reword')}?forslag=1"
    assert link in page.content.decode()
    address = of(received, "reword")
    form = filled(author.get(link), address, consents=["show"])
    assert form["text"] == [HOSTS]
    assert author.post(address, form | {"text": ["En nabo hjalp."]}).status_code == 302
    edit.refresh_from_db()
    assert edit.answer == Answer.OWN_WORDING
    assert received.contribution.versions.latest("number").made_by == MadeBy.AUTHOR


def test_without_the_link_own_words_begin_with_the_own(cast: Cast) -> None:
    received, _edit, author = proposed(cast)
    form = forms_in(author.get(of(received, "reword"))).found[of(received, "reword")]
    assert form["text"] == [OWN]


def test_an_answer_is_to_the_words_that_stood_on_the_page(cast: Cast, host: Client) -> None:
    received, first, author = proposed(cast)
    address = of(received, "suggested_edit")
    form = filled(author.get(address), address, answer="yes")
    decline(first)
    propose(host, received, text="Noget helt andet.")
    page = author.post(address, form)
    assert page.status_code == 409 and says(page, "Nothing has been changed")
    assert edit_of(received).is_open and "Noget helt andet." in page.content.decode()


@pytest.mark.parametrize("sent", [{}, {"answer": "maybe"}, {"answer": "yes"}, {"edit": "x"}])
def test_half_an_answer_changes_nothing(cast: Cast, sent: dict[str, str]) -> None:
    received, edit, author = proposed(cast)
    assert author.post(of(received, "suggested_edit"), sent).status_code == 409
    edit.refresh_from_db()
    assert edit.is_open


def test_pressed_twice_or_after_a_lost_answer_it_is_one_answer(cast: Cast) -> None:
    received, _edit, author = proposed(cast)
    address = of(received, "suggested_edit")
    form = filled(author.get(address), address, answer="yes")
    assert [author.post(address, form).status_code for _ in range(3)] == [302] * 3
    said = received.contribution.decisions.values_list("outcome", flat=True)
    assert list(said) == [Outcome.SUGGESTED, Outcome.ACCEPTED, Outcome.APPROVED]
    regrets = filled(author.get(address), address, answer="regret")
    assert [author.post(address, regrets).status_code for _ in range(2)] == [302] * 2
    assert received.contribution.versions.count() == 3
    assert author.post(address, form).status_code == 409


def test_too_late_is_said_and_the_words_are_not_shown(cast: Cast) -> None:
    received, _edit, author = proposed(cast)
    address = of(received, "suggested_edit")
    form = filled(author.get(address), address, answer="yes")
    close_unanswered(timezone.now() + timedelta(days=31))
    assert author.post(address, form).status_code == 409
    listed = author.get(MINE)
    assert says(
        listed,
        "A host proposed other words, and you have not answered. So it is not shown, in your words "
        "or in ours. If you still want it shown, send it to us as something new.",
    )
    assert OWN in listed.content.decode() and HOSTS not in listed.content.decode()


def test_after_half_an_hour_the_answer_asks_for_the_code(cast: Cast) -> None:
    received, edit, author = proposed(cast)
    address = of(received, "suggested_edit")
    form = filled(author.get(address), address, answer="yes")
    with time_machine.travel(timezone.now() + timedelta(minutes=40)):
        assert author.post(address, form).headers["Location"] == "/kode/?igen=1"
    edit.refresh_from_db()
    assert edit.is_open


def test_with_an_account_it_is_answered_on_the_accounts_page(cast: Cast) -> None:
    received = told(viewer=cast.viewer("citizen"))
    propose(cast.client("host"), received)
    client = cast.client("citizen")
    assert of(received, "suggested_edit") in client.get("/min/").content.decode()
    assert answer(client, received, "yes").headers["Location"] == "/min/"
    assert now(received.contribution).state == State.APPROVED


@pytest.mark.parametrize("name", ["stranger", "citizen", "staff", "host", "politician", "analyst"])
def test_nobody_else_reads_or_answers(cast: Cast, name: str) -> None:
    received, edit, _author = proposed(cast)
    client = cast.client(name)
    address = of(received, "suggested_edit")
    sent = {"answer": "yes", "edit": str(edit.pk)}
    for page in (client.get(address), client.post(address, sent)):
        assert page.status_code == (302 if name == "stranger" else 404)
        assert HOSTS not in page.content.decode()
    edit.refresh_from_db()
    assert edit.is_open


@pytest.mark.parametrize("name", ["stranger", "citizen", "staff", "politician", "editor"])
def test_only_hosts_propose(cast: Cast, name: str) -> None:
    received = told()
    cast.client(name).post(of(received, "desk_edit"), {"text": HOSTS, "message": ASK})
    assert not SuggestedEdit.objects.exists()


def test_what_was_taken_back_has_no_page_of_changes(cast: Cast) -> None:
    received, _edit, author = proposed(cast)
    operations.withdraw(received.contribution)
    assert author.get(of(received, "suggested_edit")).status_code == 404
    unasked = give_story()
    assert opened(unasked, Client()).get(of(unasked, "suggested_edit")).status_code == 404


def test_the_authors_list_asks_as_much_however_many_changes_wait(cast: Cast) -> None:
    first = asked(cast).contribution
    received = give_story()
    Contribution.objects.filter(pk=first.pk).update(receipt=received.contribution.receipt)
    author, taken = opened(received, Client()), []
    for number in (0, 4):
        for _count in range(number):
            other = accept(asked(cast)).contribution if _count % 2 else asked(cast).contribution
            Contribution.objects.filter(pk=other.pk).update(receipt=received.contribution.receipt)
        with CaptureQueriesContext(connection) as queries:
            assert author.get(MINE).status_code == 200
        taken.append(len(queries))
    assert taken[0] == taken[1] <= 15


def test_the_authors_waiting_post_in_the_forum_is_the_authors(cast: Cast, host: Client) -> None:
    opening = begin(open_forum(), viewer=cast.viewer("second_host"))
    show(opening, by=cast.host)
    received = reply(topic_of(opening), OWN, viewer=cast.viewer("citizen"))
    suggest(received.contribution, words=Words(HOSTS), message=ASK, by=cast.host)
    topic = topic_of(opening)
    address = f"/samtaler/{topic.forum.slug}/{topic.pk}-ventetid/"
    page = cast.client("citizen").get(address, follow=True).content.decode()
    assert HOSTS not in page
    assert HOSTS not in Client().get(address, follow=True).content.decode()


def test_shown_words_are_hidden_and_shown_again_as_agreed(cast: Cast, host: Client) -> None:
    received, edit, _author = proposed(cast)
    accept(edit)
    operations.publish_due(timezone.now() + timedelta(days=2))
    story = now(received.contribution)
    operations.hide(story, by=cast.host, reason=WHY, message=LETTER)
    operations.restore(story, by=cast.second_host)
    assert now(story).published_text == HOSTS
