"""Selections of stories as everybody reads them: what stands there, from when, and what never does."""

from datetime import date, timedelta

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cocreate.contributions.models import Contribution, Scope
from cocreate.moderation.models import Reason
from cocreate.moderation.operations import hide, restore, revoke_consent, withdraw
from cocreate.stories import curation
from cocreate.stories.curation import CopiedFrom, NothingChosen, NotToBeChosen, TooMany, what_fills
from cocreate.stories.models import Chosen, Selection
from cocreate.themes.models import Theme
from tests.cast import Cast, give_story, show
from tests.stories.selecting import INTRO, chosen_in, draft, said, selection

LIST = "/fortaellinger/"


def told(cast: Cast, number: int = 2, **given: object) -> list[Contribution]:
    return [
        show(give_story(**{"title": f"Nummer {turn}.", **given}), by=cast.host)
        for turn in range(1, number + 1)
    ]


def above(client: Client, query: str = "") -> str:
    """What stands above the newest stories."""
    page = client.get(f"{LIST}{query}").content.decode()
    return page[page.find('class="flow selection') :] if 'class="flow selection' in page else ""


def test_a_selection_stands_above_the_newest_in_the_hosts_order(
    stranger: Client, cast: Cast
) -> None:
    first, second, third = told(cast, 3)
    selection(third, first, second, by=cast.host)
    page = above(stranger)
    assert INTRO in page
    places = [page.index(f'{LIST}{story.public_id}/"') for story in (third, first, second)]
    assert places == sorted(places)


def test_more_than_three_stories_have_a_page_of_their_own(stranger: Client, cast: Cast) -> None:
    stories = told(cast, 5)
    made = selection(*stories, by=cast.host)
    page = above(stranger).partition('href="/fortaellinger/?')[0]
    assert f'href="{made.get_absolute_url()}"' in page
    answer = stranger.get(made.get_absolute_url())
    whole = answer.content.decode()
    assert all(f'{LIST}{story.public_id}/"' in whole for story in stories)
    assert answer["X-Robots-Tag"] == "noindex"
    assert "data-leave" in whole


@pytest.mark.parametrize("how", ["withdrawn", "hidden", "kept"])
def test_a_story_that_is_not_shown_any_more_is_gone_at_the_next_request(
    stranger: Client, cast: Cast, how: str
) -> None:
    stays, goes = told(cast)
    made = selection(stays, goes, by=cast.host)
    for where in (LIST, made.get_absolute_url()):
        assert goes.public_id in stranger.get(where).content.decode()
    match how:
        case "withdrawn":
            withdraw(goes)
        case "hidden":
            hide(goes, by=cast.host, reason=Reason.HARM, message="Vi taler sammen.")
        case _:
            revoke_consent(goes, Scope.SHOW)
    for where in (LIST, made.get_absolute_url()):
        page = stranger.get(where).content.decode()
        assert goes.public_id not in page
        assert stays.public_id in page


def test_a_story_shown_again_stands_there_again(stranger: Client, cast: Cast) -> None:
    story = told(cast, 1)[0]
    made = selection(story, by=cast.host)
    hide(story, by=cast.host, reason=Reason.HARM, message="Vi taler sammen.")
    assert stranger.get(made.get_absolute_url()).status_code == 404
    restore(story, by=cast.second_host)
    assert stranger.get(made.get_absolute_url()).status_code == 200


def test_other_words_than_the_host_chose_do_not_stand_there(stranger: Client, cast: Cast) -> None:
    chosen, other = told(cast)
    made = selection(chosen, by=cast.host)
    row = chosen_in(made)[0]
    other.refresh_from_db()
    Chosen.objects.filter(pk=row.pk).update(version=other.published_version)
    assert stranger.get(f"{made.get_absolute_url()}?x=1").status_code == 404


def test_a_selection_without_a_story_is_not_there(stranger: Client, cast: Cast) -> None:
    story = told(cast, 1)[0]
    made = selection(story, by=cast.host)
    withdraw(story)
    assert above(stranger) == ""
    never = stranger.get(f"{LIST}udvalg/aldrig-lavet/")
    gone = stranger.get(made.get_absolute_url())
    assert (gone.status_code, gone.content) == (404, never.content)


def test_a_cached_list_follows_the_days(stranger: Client, cast: Cast) -> None:
    """A page kept before midnight says nothing after it, in both directions."""
    story = told(cast, 1)[0]
    today = timezone.localdate()
    selection(
        story,
        by=cast.host,
        shown_from=today + timedelta(days=2),
        shown_to=today + timedelta(days=3),
    )
    seen = []
    for days in range(5):
        with time_machine.travel(timezone.now() + timedelta(days=days), tick=False):
            stranger.get(LIST)
            seen.append(INTRO in above(stranger))
    assert seen == [False, False, True, True, False]


def test_the_pages_are_kept_here_and_never_by_a_browser(stranger: Client, cast: Cast) -> None:
    story = told(cast, 1)[0]
    made = selection(story, by=cast.host)
    for where in (LIST, f"{LIST}{story.public_id}/", made.get_absolute_url()):
        stranger.get(where)
        with CaptureQueriesContext(connection) as asked:
            again = stranger.get(where)
        assert again["Cache-Control"] == "no-store"
        assert "ETag" not in again.headers
        assert len(asked) == 1, where


def test_an_author_has_days_to_say_no_before_it_stands_there(
    stranger: Client, cast: Cast, settings: object
) -> None:
    story = told(cast, 1)[0]
    settings.CURATE_NOTICE_DAYS = 3  # type: ignore[attr-defined]
    made = draft(story, by=cast.host)
    curation.show(made)
    assert chosen_in(made)[0].open_from == timezone.localdate() + timedelta(days=3)
    for days, stands in ((0, False), (2, False), (3, True)):
        with time_machine.travel(timezone.now() + timedelta(days=days), tick=False):
            assert (INTRO in above(stranger)) is stands


def test_a_draft_and_what_is_taken_down_is_seen_by_nobody(stranger: Client, cast: Cast) -> None:
    story = told(cast, 1)[0]
    draft(story, by=cast.host)
    assert above(stranger) == ""
    made = selection(story, by=cast.host)
    assert above(stranger)
    curation.take_down(made)
    assert above(stranger) == ""
    assert stranger.get(made.get_absolute_url()).status_code == 404


def test_a_selection_with_a_theme_stands_where_the_theme_is_chosen(
    stranger: Client, cast: Cast, theme: Theme
) -> None:
    story = told(cast, 1)[0]
    selection(story, by=cast.host, theme=theme)
    assert above(stranger, f"?tema={theme.number}")
    assert not above(stranger, f"?tema={theme.number % 4 + 1}")


def test_only_what_everybody_reads_can_be_chosen(cast: Cast) -> None:
    waits = give_story().contribution
    hidden = told(cast, 1)[0]
    hide(hidden, by=cast.host, reason=Reason.HARM, message="Vi taler sammen.")
    made = draft(by=cast.host)
    for story in (waits, hidden):
        with pytest.raises(NotToBeChosen):
            curation.choose(made, story.public_id)
    with pytest.raises(NothingChosen):
        curation.show(made)


def test_who_has_said_no_once_is_not_asked_about_another(cast: Cast) -> None:
    story, other = told(cast)
    made = selection(story, other, by=cast.host)
    curation.answer(chosen_in(made)[0], refuses=True)
    with pytest.raises(NotToBeChosen):
        curation.choose(draft(by=cast.host), story.public_id)


def test_choosing_twice_is_choosing_once_and_there_is_an_end(cast: Cast) -> None:
    stories = told(cast, curation.MOST_STORIES + 1)
    made = draft(stories[0], stories[0], by=cast.host)
    assert made.chosen.count() == 1
    for story in stories[1:-1]:
        curation.choose(made, story.public_id)
    with pytest.raises(TooMany):
        curation.choose(made, stories[-1].public_id)


def test_the_same_form_sent_twice_is_one_selection(cast: Cast) -> None:
    made = [curation.make_selection(said(), submission_id="x" * 32, by=cast.host) for _ in "ab"]
    assert made[0] == made[1]


def test_a_hosts_text_with_somebodys_words_is_refused(cast: Cast) -> None:
    words = "jeg sad ude på gangen og ventede i ni lange uger"
    waits = give_story(f"Dengang {words}.").contribution
    with pytest.raises(CopiedFrom) as refused:
        draft(by=cast.host, intro=f"Nogen siger, at {words}.")
    assert refused.value.copied.public_ids == [waits.public_id]
    made = draft(by=cast.host)
    with pytest.raises(CopiedFrom):
        curation.change_selection(made, said(title=words))
    assert Selection.objects.get().title == said().title


def test_more_than_half_of_one_theme_or_role_is_said_with_the_count(
    cast: Cast, theme: Theme
) -> None:
    stories = told(cast, 3, theme=theme)
    stories += [show(give_story(role="relative"), by=cast.host) for _ in range(2)]
    found = curation.stories_of(draft(*stories, by=cast.host)).values()
    assert {(fills.count, fills.total) for fills in what_fills(list(found))} == {(3, 5)}
    assert len(what_fills(list(found))) == 2
    assert what_fills(list(found)[:2]) == []


@pytest.mark.db
def test_the_database_shows_nothing_before_its_author_is_told(cast: Cast) -> None:
    made = draft(*told(cast, 1), by=cast.host)
    for wrong in ({"open_from": date(2027, 1, 1)}, {"refused_at": timezone.now()}):
        with pytest.raises(IntegrityError), transaction.atomic():
            made.chosen.update(**wrong)


def test_a_list_with_selections_asks_no_more_for_many_than_for_one(
    stranger: Client, cast: Cast
) -> None:
    stories = told(cast, 6)
    counts = []
    for number in (1, 6):
        selection(*stories[:number], by=cast.host)
        with CaptureQueriesContext(connection) as asked:
            stranger.get(f"{LIST}?x=1")
        counts.append(len(asked))
    assert counts == [8, 8]


def test_public_ids_are_random_and_long_enough(cast: Cast) -> None:
    made = [draft(by=cast.host) for _ in range(3)]
    ids = {one.public_id for one in made} | {story.public_id for story in told(cast, 3)}
    assert len(ids) == 6
    # Six bits a character of the alphabet that tokens are made of.
    assert all(len(public_id) * 6 >= 96 for public_id in ids)
    assert len({public_id[:4] for public_id in ids}) == 6
