"""What an author sees under their code or account: how it stands, what happens next, answers."""

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cocreate.contributions.models import Contribution, Scope, State
from cocreate.contributions.operations import Received
from cocreate.moderation.appeals import appeal, decide_appeal
from cocreate.moderation.operations import (
    approve,
    decline,
    erase,
    hide,
    keep,
    publish,
    reopen,
    restore,
    return_to_author,
    withdraw,
)
from tests.cast import ALL_SCOPES, Cast, begin, give_story, open_forum, reply, show, topic_of
from tests.moderation.pages.acts import LETTER, WHY, of, opened, says

MINE = "/kode/mine/"
MONDAY = datetime(2027, 2, 8, 10, 0, tzinfo=ZoneInfo("Europe/Copenhagen"))
pytestmark = pytest.mark.django_db


def test_what_waits_says_who_reads_it_and_by_when() -> None:
    with time_machine.travel(MONDAY, tick=False):
        page = opened(give_story(), Client()).get(MINE)
    assert says(page, "Waits for a host")
    assert re.search(r"onsdag .*10\.? februar", page.content.decode())


def test_what_was_not_read_in_time_is_owned_up_to() -> None:
    with time_machine.travel(MONDAY, tick=False):
        received = give_story()
    with time_machine.travel(MONDAY + timedelta(days=9), tick=False):
        page = opened(received, Client()).get(MINE).content.decode()
    assert re.search(r"10\.? februar", page) and not re.search(r"19\.? februar", page)


def test_without_a_yes_to_showing_it_says_that_it_will_not_be_shown() -> None:
    page = opened(give_story(scopes={Scope.ANALYSE}), Client()).get(MINE)
    assert says(page, "It will not be shown, because you have not said yes to that.")


def test_only_what_came_back_asks_for_something_to_be_done(cast: Cast) -> None:
    received = give_story()
    waits = opened(received, Client()).get(MINE).content.decode()
    assert 'class="btn"' not in waits
    return_to_author(received.contribution, by=cast.host, reason=WHY, message=LETTER)
    page = opened(received, Client()).get(MINE).content.decode()
    assert re.findall(r'class="btn" href="[^"]*/(\w+)/"', page) == ["ret"]


def test_what_came_back_shows_the_letter_and_the_way_on(cast: Cast) -> None:
    received = give_story()
    return_to_author(
        received.contribution, by=cast.host, reason=WHY, message="Skriv det\n\nuden <b>navn</b>."
    )
    page = opened(received, Client()).get(MINE)
    text = page.content.decode()
    assert says(page, "Waits for you") and says(page, "It names somebody who cannot answer")
    assert "uden &lt;b&gt;navn&lt;/b&gt;." in text
    assert of(received, "reword") in text and of(received, "appeal") not in text
    assert "Testvig" not in text


def test_what_is_shown_links_to_the_page_where_others_read_it(cast: Cast) -> None:
    received = give_story()
    story = show(received, by=cast.host)
    page = opened(received, Client()).get(MINE).content.decode()
    assert f"/fortaellinger/{story.public_id}/" in page
    assert of(received, "reword") not in page


@pytest.mark.parametrize("act", ["decline", "hide"])
def test_what_is_not_shown_says_why_and_can_be_appealed(cast: Cast, act: str) -> None:
    received = give_story()
    if act == "hide":
        hide(show(received, by=cast.host), by=cast.host, reason=WHY, message=LETTER)
    else:
        decline(received.contribution, by=cast.host, reason=WHY, message=LETTER)
    page = opened(received, Client()).get(MINE)
    assert LETTER in page.content.decode()
    assert says(page, "If you disagree, you can ask another host to look at it.")
    assert of(received, "appeal") in page.content.decode()


def test_the_answer_to_an_appeal_is_read_by_its_author(cast: Cast) -> None:
    received = give_story()
    decision = decline(received.contribution, by=cast.host, reason=WHY, message=LETTER)
    asked = appeal(decision, text="")
    browser = opened(received, Client())
    waiting = browser.get(MINE)
    assert of(received, "appeal") not in waiting.content.decode()
    decide_appeal(asked, by=cast.second_host, outcome="refused", message="Det gælder stadig.")
    page = browser.get(MINE)
    assert "Det gælder stadig." in page.content.decode()
    assert says(page, "Another host has looked at it, and the decision stands.")


def test_a_changed_decision_is_told_once(cast: Cast) -> None:
    received = give_story()
    story = show(received, by=cast.host)
    asked = appeal(hide(story, by=cast.host, reason=WHY, message=LETTER), text="")
    decide_appeal(asked, by=cast.second_host, outcome="upheld", message="Du har ret i det.")
    page = opened(received, Client()).get(MINE).content.decode()
    assert page.count("Du har ret i det.") == 1


@pytest.mark.parametrize("state", [state for state in State if state not in {"draft", "erased"}])
def test_every_state_has_its_own_words(cast: Cast, state: str) -> None:
    scopes = {Scope.ANALYSE} if state == State.KEPT else ALL_SCOPES
    received = give_story("Mine egne ord.", scopes=scopes)
    bring(cast, received.contribution, state)
    page = opened(received, Client()).get(MINE)
    assert page.status_code == 200
    assert ("Mine egne ord." in page.content.decode()) is (state != State.WITHDRAWN)


def bring(cast: Cast, story: Contribution, state: str) -> None:
    by = cast.host
    paths = {
        State.RETURNED: [lambda: return_to_author(story, by=by, reason=WHY, message=LETTER)],
        State.APPROVED: [lambda: approve(story, by=by, publish_at=timezone.now())],
        State.PUBLISHED: [
            lambda: decline(story, by=by, reason=WHY, message=LETTER),
            lambda: reopen(story, by=cast.second_host),
            lambda: publish(story, by=by),
            lambda: hide(story, by=by, reason=WHY, message=LETTER),
            lambda: restore(story, by=by),
        ],
        State.HIDDEN: [
            lambda: publish(story, by=by),
            lambda: hide(story, by=by, reason=WHY, message=LETTER),
        ],
        State.KEPT: [lambda: keep(story, by=by)],
        State.DECLINED: [lambda: decline(story, by=by, reason=WHY, message=LETTER)],
        State.WITHDRAWN: [lambda: withdraw(story)],
    }
    for step in paths.get(State(state), []):
        step()


def test_what_is_taken_back_stays_in_the_list_without_its_words(cast: Cast) -> None:
    received = give_story("Ord, der er væk.", title="Titel, der er væk")
    decline(received.contribution, by=cast.host, reason=WHY, message="Et brev, der er væk.")
    withdraw(received.contribution)
    page = opened(received, Client()).get(MINE)
    assert "der er væk" not in page.content.decode()
    assert of(received, "withdraw") not in page.content.decode()
    assert says(page, "Nobody can read it here any more, and neither can our hosts.")


def test_what_is_erased_is_gone_from_the_list_too(cast: Cast) -> None:
    received = give_story(viewer=cast.viewer("citizen"))
    withdraw(received.contribution)
    erase(received.contribution)
    page = cast.client("citizen").get("/min/")
    assert says(page, "There is nothing here yet.")


def test_a_code_shows_what_it_holds_and_an_account_what_it_gave(cast: Cast) -> None:
    mine = give_story("Fra min konto.", viewer=cast.viewer("citizen"))
    by_code = give_story("Under en kode.")
    client = opened(by_code, cast.client("citizen"))
    code, account = (client.get(address).content.decode() for address in (MINE, "/min/"))
    assert "Under en kode." in code and "Fra min konto." not in code
    assert "Fra min konto." in account and "Under en kode." not in account
    assert client.get(of(mine, "withdraw")).status_code == 200
    assert client.get(of(by_code, "withdraw")).status_code == 200


def under(first: Received, *others: Received) -> Received:
    """What was given with the same code chosen each time."""
    pks = [received.contribution.pk for received in others]
    Contribution.objects.filter(pk__in=pks).update(receipt=first.contribution.receipt)
    return first


def test_one_code_holds_a_story_and_posts(cast: Cast) -> None:
    first = give_story("En fortælling.")
    topic = begin(open_forum(), "Et indlæg.")
    show(topic, by=cast.host)
    under(first, topic, reply(topic_of(topic), "Et svar."))
    page = opened(first, Client()).get(MINE).content.decode()
    assert all(words in page for words in ("En fortælling.", "Et indlæg.", "Et svar."))


def test_words_are_shown_as_they_will_be_shown_to_others() -> None:
    received = give_story("<script>alert(1)</script>\n\nhttps://eksempel.dk", title="<i>T</i>")
    page = opened(received, Client()).get(MINE).content.decode()
    assert "&lt;script&gt;" in page and "<script>alert" not in page
    assert "&lt;i&gt;T&lt;/i&gt;" in page


def give_many(cast: Cast, first: Received, number: int) -> None:
    for _count in range(number):
        hidden, shown = give_story(), give_story()
        appeal(hide(show(hidden, by=cast.host), by=cast.host, reason=WHY, message=LETTER), text="")
        show(shown, by=cast.host)
        post = begin(open_forum(f"rum-{hidden.contribution.pk}"))
        show(post, by=cast.host)
        under(first, hidden, shown, post)


def test_the_list_takes_as_many_queries_however_much_was_given(cast: Cast) -> None:
    first = give_story()
    browser, taken = opened(first, Client()), []
    for number in (1, 5):
        give_many(cast, first, number)
        with CaptureQueriesContext(connection) as queries:
            assert browser.get(MINE).status_code == 200
        taken.append(len(queries))
    assert taken[0] == taken[1] <= 18


def test_a_long_list_is_read_page_by_page_and_nothing_is_left_out(cast: Cast) -> None:
    first = give_story("Nummer 0.")
    under(first, *[give_story(f"Nummer {number}.") for number in range(1, 25)])
    browser = opened(first, Client())
    page = browser.get(MINE).content.decode()
    after = page.partition("?efter=")[2].partition('"')[0]
    rest = browser.get(f"{MINE}?efter={after}").content.decode()
    shown = [(f"Nummer {number}." in page) + (f"Nummer {number}." in rest) for number in range(25)]
    assert shown == [1] * 25


def test_an_account_without_a_sign_in_is_led_to_it() -> None:
    assert "/konto/login/" in Client().get("/min/")["Location"]
