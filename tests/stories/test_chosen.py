"""An author is told of a selection and may say no, with a code or an account; nobody else can."""

import threading

import pytest
from django.core import mail
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cocreate.contributions.models import Contribution, Receipt
from cocreate.moderation.operations import withdraw
from cocreate.notifications.models import Letter
from cocreate.notifications.operations import note_chosen, note_decisions, send_letters
from cocreate.stories import curation
from tests.cast import Cast, give_story, open_in, show
from tests.stories.selecting import INTRO, chosen_in, draft, selection

LIST = "/fortaellinger/"


@pytest.fixture
def story(cast: Cast) -> Contribution:
    return show(give_story(title="Om en dør"), by=cast.host)


def author_of(story: Contribution) -> Client:
    client = Client()
    assert story.receipt is not None
    open_in(client, story.receipt)
    return client


def address(story: Contribution) -> str:
    return f"/kode/{story.public_id}/udvalg/"


def test_the_author_reads_it_at_the_code_and_says_no_at_once(
    story: Contribution, cast: Cast, stranger: Client
) -> None:
    made = selection(story, show(give_story(), by=cast.host), by=cast.host)
    author = author_of(story)
    assert f'href="{address(story)}"' in author.get("/kode/mine/").content.decode()
    page = author.get(address(story)).content.decode()
    assert made.title in page
    assert INTRO in page
    assert f"{LIST}{story.public_id}/" in stranger.get(made.get_absolute_url()).content.decode()
    row = chosen_in(made)[0]
    for _twice in range(2):
        answer = author.post(address(story), {"chosen": row.pk, "answer": "no"})
        assert answer.status_code == 302
    assert f"{LIST}{story.public_id}/" not in stranger.get(made.get_absolute_url()).content.decode()
    # The story itself stays where it was, and the no can be taken back.
    assert stranger.get(f"{LIST}{story.public_id}/").status_code == 200
    author.post(address(story), {"chosen": row.pk, "answer": "yes"})
    assert f"{LIST}{story.public_id}/" in stranger.get(made.get_absolute_url()).content.decode()


def test_an_account_is_told_on_its_own_page(cast: Cast) -> None:
    story = show(give_story(viewer=cast.viewer("citizen")), by=cast.host)
    made = selection(story, by=cast.host)
    client = cast.client("citizen")
    assert f'href="{address(story)}"' in client.get("/min/").content.decode()
    client.post(address(story), {"chosen": chosen_in(made)[0].pk, "answer": "no"})
    assert chosen_in(made)[0].refused_at is not None


@pytest.mark.parametrize("name", ["stranger", "citizen", "host", "analyst", "politician"])
def test_nobody_else_can_say_no(story: Contribution, cast: Cast, name: str) -> None:
    made = selection(story, by=cast.host)
    client = cast.client(name)
    assert client.get(address(story)).status_code in {302, 404}
    client.post(address(story), {"chosen": chosen_in(made)[0].pk, "answer": "no"})
    assert chosen_in(made)[0].refused_at is None


def test_an_author_answers_for_the_own_story_alone(story: Contribution, cast: Cast) -> None:
    other = show(give_story(), by=cast.host)
    made = selection(story, other, by=cast.host)
    author, rows = author_of(story), chosen_in(made)
    for chosen, answer in ((rows[1].pk, "no"), ("x", "no"), ("", ""), (rows[0].pk, "perhaps")):
        got = author.post(address(story), {"chosen": chosen, "answer": answer})
        assert got.status_code == 404
    assert [row.refused_at for row in chosen_in(made)] == [None, None]


def test_a_draft_is_told_to_nobody(story: Contribution, cast: Cast) -> None:
    draft(story, by=cast.host)
    author = author_of(story)
    assert address(story) not in author.get("/kode/mine/").content.decode()
    assert author.get(address(story)).status_code == 404
    assert note_chosen() == 0


def test_a_page_of_own_stories_asks_once_about_selections(cast: Cast) -> None:
    viewer = cast.viewer("citizen")
    client, counts = cast.client("citizen"), []
    for _more in range(2):
        for _one in range(3):
            selection(show(give_story(viewer=viewer), by=cast.host), by=cast.host)
        with CaptureQueriesContext(connection) as asked:
            client.get("/min/")
        counts.append(len(asked))
    assert counts[0] == counts[1]


# --- the letter -------------------------------------------------------------------------------------


def tell() -> list[str]:
    note_chosen()
    send_letters()
    return sorted(letter.to[0] for letter in mail.outbox)


def reachable(story: Contribution, email: str) -> None:
    Receipt.objects.filter(contributions=story).update(email=email)


def test_who_can_be_reached_is_written_to_once_without_content(
    story: Contribution, cast: Cast
) -> None:
    silent = show(give_story(), by=cast.host)
    note_decisions()
    send_letters()
    mail.outbox.clear()
    reachable(story, "kim@mail.example")
    made = selection(story, silent, by=cast.host, days=0)
    assert tell() == ["kim@mail.example"]
    assert tell() == ["kim@mail.example"]
    assert Letter.objects.filter(chosen__isnull=False).count() == 1
    said = f"{mail.outbox[0].subject} {mail.outbox[0].body}".lower()
    for word in ("dør", "fortælling", "udvalg", made.title.lower(), "selection", "story"):
        assert word not in said
    # One that comes later is told too.
    late = show(give_story(), by=cast.host)
    reachable(late, "bo@mail.example")
    curation.choose(made, late.public_id)
    assert tell() == ["bo@mail.example", "kim@mail.example"]


def test_who_said_no_or_took_it_back_meanwhile_is_not_written_to(
    story: Contribution, cast: Cast
) -> None:
    gone = show(give_story(), by=cast.host)
    for one in (story, gone):
        reachable(one, "kim@mail.example")
    made = selection(story, gone, by=cast.host, days=0)
    curation.answer(chosen_in(made)[0], refuses=True)
    withdraw(gone)
    assert tell() == []


@pytest.mark.db
@pytest.mark.django_db(transaction=True)
def test_a_no_and_a_host_who_moves_things_at_once_lose_nothing(cast: Cast) -> None:
    stories = [show(give_story(), by=cast.host) for _ in range(4)]
    made = selection(*stories, by=cast.host)
    rows = chosen_in(made)

    def in_thread(act: object) -> threading.Thread:
        def run() -> None:
            try:
                act()  # type: ignore[operator]
            finally:
                connection.close()

        return threading.Thread(target=run)

    threads = [in_thread(lambda row=row: curation.answer(row, refuses=True)) for row in rows[:2]]
    threads += [in_thread(lambda row=row: curation.move(made, row.pk, by=-1)) for row in rows[2:]]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with transaction.atomic():
        after = chosen_in(made)
    assert sorted(row.order for row in after) == [1, 2, 3, 4]
    assert {row.pk for row in after if row.refused_at} == {row.pk for row in rows[:2]}
