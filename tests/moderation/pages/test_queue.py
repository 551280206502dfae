"""What waits, in the order it is to be read, and without a word of it."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from cocreate.contributions.models import Contribution, State
from cocreate.moderation.appeals import appeal
from cocreate.moderation.intake import say_to
from cocreate.moderation.operations import decline, hide
from cocreate.moderation.queue import ROWS, Place, page_of
from tests.cast import Cast, begin, give_story, open_forum, show
from tests.moderation.pages.acts import LETTER, WHY, says

DESK = "/vaert/"
MONDAY = datetime(2027, 2, 8, 10, 0, tzinfo=ZoneInfo("Europe/Copenhagen"))


def waited(contribution: Contribution, **ago: float) -> Contribution:
    since = timezone.now() - timedelta(**ago)
    Contribution.objects.filter(pk=contribution.pk).update(state_changed_at=since)
    return contribution


def tell_us(contribution: Contribution, reason: str = "tone") -> None:
    say_to(contribution, submission_id=f"{contribution.pk}{reason}", reason=reason, text="")


def order_on(client: Client, address: str = DESK) -> list[str]:
    page = client.get(address).content.decode()
    addresses = [part.split("/")[0] for part in page.split('href="/vaert/')[1:]]
    return [one for one in addresses if one[0] not in '"?' and one != "udvalg"]


def test_concern_stands_first_then_reports_appeals_overdue_and_the_oldest(
    cast: Cast, host: Client
) -> None:
    new = waited(give_story().contribution, minutes=1)
    older = waited(give_story().contribution, minutes=90)
    overdue = waited(give_story().contribution, days=20)
    appealed = give_story().contribution
    decision = decline(appealed, by=cast.second_host, reason=WHY, message=LETTER)
    appeal(decision, text="")
    told = show(give_story(), by=cast.second_host)
    tell_us(told)
    concern = give_story("Jeg vil ikke leve mere.").contribution
    expected = [concern, told, appealed, overdue, older, new]
    assert order_on(host) == [row.public_id for row in expected]


def test_a_farewell_is_read_before_older_concern(cast: Cast, host: Client) -> None:
    older = waited(give_story("Jeg vil ikke leve mere.").contribution, days=3)
    grave = give_story("Farvel. Jeg tager mit eget liv i aften.").contribution
    assert grave.versions.get().findings.filter(level="high").exists()
    assert order_on(host) == [grave.public_id, older.public_id]
    assert says(host.get(DESK), "Concern, high")


def test_worry_about_the_one_who_wrote_comes_before_everything_else(
    cast: Cast, host: Client
) -> None:
    waited(give_story().contribution, days=30)
    told = show(give_story(), by=cast.host)
    tell_us(told, "worried")
    assert order_on(host)[0] == told.public_id


def test_a_tag_is_for_what_is_overdue_and_red_for_danger(cast: Cast, host: Client) -> None:
    waited(give_story().contribution, minutes=1)
    show(told := give_story(), by=cast.second_host)
    tell_us(told.contribution)
    page = host.get(DESK).content.decode()
    assert 'class="tag' not in page and "q-red" not in page
    assert page.count('class="q-why"') == 2
    waited(give_story().contribution, days=20)
    give_story("Jeg vil ikke leve mere.")
    page = host.get(DESK).content.decode()
    assert page.count('class="tag tag-no"') == 1 and page.count("q-red") == 1


def test_no_row_holds_a_word_of_what_was_written(cast: Cast, host: Client) -> None:
    give_story("Plantet i teksten, og jeg vil ikke leve mere.", title="Plantet i titlen")
    begin(open_forum(), "Plantet i indlægget", title="Plantet emne", alias="Plantet")
    page = host.get(DESK)
    assert "Plantet" not in page.content.decode()
    assert says(page, "Concern")


def test_a_row_says_what_it_is_where_it_stands_and_by_when(cast: Cast) -> None:
    with time_machine.travel(MONDAY, tick=False):
        begin(open_forum("min-hverdag"))
        page = cast.client("host").get(DESK)
    assert "Min hverdag" in page.content.decode()
    assert says(page, "Post")
    assert "onsdag" in page.content.decode()


@pytest.mark.parametrize(("days", "overdue"), [(0, False), (2, False), (3, True)])
def test_a_story_is_overdue_from_the_day_after_the_one_we_promised(
    cast: Cast, days: int, overdue: bool
) -> None:
    with time_machine.travel(MONDAY, tick=False):
        give_story()
    with time_machine.travel(MONDAY + timedelta(days=days), tick=False):
        assert says(cast.client("host").get(DESK), "Overdue") is overdue


def test_what_came_back_from_its_author_is_not_overdue_at_once(cast: Cast, host: Client) -> None:
    story = give_story().contribution
    Contribution.objects.filter(pk=story.pk).update(
        submitted_at=timezone.now() - timedelta(days=30)
    )
    assert not says(host.get(DESK), "Overdue")


def test_an_empty_queue_says_so(host: Client) -> None:
    assert says(host.get(DESK), "Nothing is waiting.")


def test_what_a_host_wrote_waits_for_another_host(cast: Cast) -> None:
    give_story(viewer=cast.viewer("host"))
    assert order_on(cast.client("host")) == []
    assert len(order_on(cast.client("second_host"))) == 1


def test_an_appeal_waits_for_another_host_than_the_first(cast: Cast) -> None:
    story = show(give_story(), by=cast.host)
    appeal(hide(story, by=cast.host, reason=WHY, message=LETTER), text="Se igen.")
    assert order_on(cast.client("host")) == []
    assert order_on(cast.client("second_host")) == [story.public_id]


def test_a_closed_room_waits_for_its_own_hosts_alone(cast: Cast) -> None:
    room = open_forum("lukket", audience="room", hosts=[cast.second_host])
    begin(room)
    assert order_on(cast.client("host")) == []
    assert len(order_on(cast.client("second_host"))) == 1


def test_going_on_through_a_long_queue_shows_each_once(cast: Cast, host: Client) -> None:
    moment = timezone.now() - timedelta(hours=1)
    for number in range(ROWS + 7):
        give_story(f"Nummer {number}")
    # Many in the very same moment: the place in the queue must not skip or repeat one.
    Contribution.objects.update(state_changed_at=moment)
    first = page_of(cast.viewer("host"))
    seen = order_on(host) + order_on(host, f"{DESK}?efter={first.more}")
    assert len(seen) == len(set(seen)) == ROWS + 7


@pytest.mark.parametrize(
    "after",
    ["", "x", "1", "1.2", "9.1.a", "3.99999999999999999999999.a", "-1.-1.-1", "3.1.%00", "٣.١.a"],
)
def test_a_place_that_is_none_begins_the_queue_at_its_beginning(
    host: Client, cast: Cast, after: str
) -> None:
    give_story()
    assert host.get(f"{DESK}?efter={after}").status_code in {200, 400}


def test_a_place_is_read_as_it_was_written() -> None:
    place = Place(3, timezone.now(), "abc-_.d")
    assert Place.read(str(place)) == place


def fill(cast: Cast, number: int) -> None:
    forum = open_forum(f"rum-{number}")
    for _count in range(number):
        give_story()
        give_story("Jeg vil ikke leve mere.")
        begin(forum)
        tell_us(show(give_story(), by=cast.second_host))
        appeal(
            decline(give_story().contribution, by=cast.second_host, reason=WHY, message=LETTER),
            text="",
        )


def test_the_queue_takes_as_many_queries_however_long_it_is(cast: Cast, host: Client) -> None:
    taken = []
    for number in (1, 6):
        fill(cast, number)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert host.get(DESK).status_code == 200
        taken.append(len(queries))
    assert taken[0] == taken[1] <= 10


def test_the_queue_opens_no_encrypted_column(
    cast: Cast, host: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(cast, 2)

    def refuse(token: str) -> Any:
        raise AssertionError("a word was decrypted for the queue")

    monkeypatch.setattr("cocreate.text.fields.decrypt", refuse)
    assert host.get(DESK).status_code == 200


def test_the_queue_is_kept_by_no_browser(host: Client) -> None:
    assert host.get(reverse("desk"))["Cache-Control"] == "no-store"


def test_states_that_ask_nothing_of_a_host_do_not_wait(cast: Cast, host: Client) -> None:
    show(give_story(), by=cast.second_host)
    decline(give_story().contribution, by=cast.second_host, reason=WHY, message=LETTER)
    assert order_on(host) == []
    assert set(Contribution.objects.values_list("state", flat=True)) == {
        State.PUBLISHED,
        State.DECLINED,
    }
