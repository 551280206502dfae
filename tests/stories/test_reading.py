"""Reading what others told: what is public, in which order, and what never is."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cocreate.contributions.models import Contribution, Scope
from cocreate.moderation.models import Reason
from cocreate.moderation.operations import (
    decline,
    hide,
    keep,
    return_to_author,
    revoke_consent,
    withdraw,
)
from cocreate.themes.models import Guideline, Theme
from tests.cast import Cast, begin, give_story, open_forum, show
from tests.stories.pages import tell

LIST = "/fortaellinger/"
MAY = datetime(2027, 5, 4, 9, 30, tzinfo=ZoneInfo("Europe/Copenhagen"))


def address(story: Contribution) -> str:
    return f"{LIST}{story.public_id}/"


def told(cast: Cast, number: int, **given: object) -> list[Contribution]:
    """Published stories, an hour apart, oldest first."""
    made = []
    for turn in range(number):
        with time_machine.travel(MAY + timedelta(hours=turn)):
            given = {"title": f"Nummer {turn + 1}.", **given}
            made.append(show(give_story(**{**given, "title": f"Nummer {turn + 1}."}), by=cast.host))
    return made


def page_of(client: Client, query: str = "") -> str:
    return client.get(f"{LIST}{query}").content.decode()


def test_a_published_story_stands_on_its_page_in_its_own_words(
    stranger: Client, cast: Cast, guideline: Guideline
) -> None:
    story = show(
        give_story("Hun ringede.\n\nOg så kom hun.", title="På fredag", theme=guideline.theme,
                   guidelines=[guideline]),
        by=cast.host,
    )  # fmt: skip
    page = stranger.get(address(story)).content.decode()
    assert '<p dir="auto">Hun ringede.</p>' in page
    assert "På fredag</h1>" in page
    assert f'href="{guideline.get_absolute_url()}"' in page
    assert 'content="noindex"' in page


def test_no_date_on_it_is_finer_than_the_month(stranger: Client, cast: Cast) -> None:
    story = told(cast, 1)[0]
    for answer in (stranger.get(address(story)), stranger.get(LIST)):
        page = answer.content.decode()
        assert "maj 2027" in page.lower() or "may 2027" in page.lower()
        assert "2027-05" not in page
        assert "4. maj" not in page
        assert "<time" not in page
        assert "Last-Modified" not in answer.headers


def test_markup_in_a_story_is_only_words(stranger: Client, cast: Cast) -> None:
    story = show(give_story("<script>alert(1)</script>", title="<b>fed</b>"), by=cast.host)
    for where in (address(story), LIST):
        page = stranger.get(where).content.decode()
        assert "<script>alert" not in page
        assert "<b>fed" not in page
        assert "&lt;script&gt;alert(1)" in page


def test_a_story_without_a_title_is_named_by_who_tells(stranger: Client, cast: Cast) -> None:
    story = show(give_story("Jeg vil bo", title=""), by=cast.host)
    assert stranger.get(address(story)).content.decode().count("Jeg vil bo") == 1
    assert f'<a href="{address(story)}">Jeg vil bo</a>' in page_of(stranger)


def test_a_content_note_folds_the_words_and_offers_help(stranger: Client, cast: Cast) -> None:
    story = show(give_story("De tunge ord.", title=""), by=cast.host)
    Contribution.objects.filter(pk=story.pk).update(content_note="Handler om selvmord")
    page = stranger.get(address(story)).content.decode()
    assert page.index("Handler om selvmord") < page.index("De tunge ord.")
    assert "<details" in page[: page.index("De tunge ord.")]
    assert page.count(f'href="{reverse("help_now")}"') == 2
    listed = page_of(Client(), "?x=1")
    assert "Handler om selvmord" in listed
    assert "De tunge ord." not in listed


def test_staff_stand_there_with_name_and_role(cast: Cast, stranger: Client) -> None:
    viewer = cast.viewer("staff")
    story = show(
        give_story("Vi venter også.", viewer=viewer, alias=cast.staff.get_full_name()), by=cast.host
    )
    page = stranger.get(address(story)).content.decode()
    assert cast.staff.get_full_name() in page
    assert "role-staff" in page


def test_stories_come_newest_first_twelve_at_a_time(stranger: Client, cast: Cast) -> None:
    stories = told(cast, 15)
    first = page_of(stranger)
    shown = [story for story in reversed(stories) if f'{address(story)}"' in first]
    assert shown == stories[:2:-1]
    assert first.index(stories[-1].public_id) < first.index(stories[-2].public_id)
    older = f"?efter={stories[3].public_id}"
    assert older in first
    second = page_of(stranger, older)
    assert [story for story in stories if story.public_id in second.replace(older, "")] == stories[
        :3
    ]


def test_the_last_page_leads_back_to_the_newest(stranger: Client, cast: Cast) -> None:
    stories = told(cast, 13)
    last = page_of(stranger, f"?efter={stories[1].public_id}")
    assert 'rel="next"' not in last
    assert f'rel="prev" href="{LIST}"' in last


def test_a_story_that_appears_meanwhile_moves_nothing_on_the_second_page(
    stranger: Client, cast: Cast
) -> None:
    stories = told(cast, 14)
    older = f"?efter={stories[2].public_id}"
    before = page_of(stranger, older)
    with time_machine.travel(MAY + timedelta(days=1)):
        new = show(give_story(title="Den nye"), by=cast.host)
    assert address(new) in page_of(stranger)
    assert page_of(stranger, older) == before


def test_a_theme_shows_its_stories_and_those_of_its_guidelines(
    stranger: Client, cast: Cast, theme: Theme, guideline: Guideline
) -> None:
    show(give_story(title="Om temaet", theme=theme), by=cast.host)
    show(give_story(title="Om retningslinjen", guidelines=[guideline]), by=cast.host)
    show(give_story(title="Om noget andet"), by=cast.host)
    page = page_of(stranger, f"?tema={theme.number}")
    assert "Om temaet" in page
    assert "Om retningslinjen" in page
    assert "Om noget andet" not in page


def test_the_pages_of_a_theme_stay_in_the_theme(stranger: Client, cast: Cast, theme: Theme) -> None:
    stories = told(cast, 14, theme=theme)
    page = page_of(stranger, "?tema=2")
    assert f"?tema=2&amp;efter={stories[2].public_id}" in page
    second = page_of(stranger, f"?tema=2&efter={stories[2].public_id}")
    assert f'rel="prev" href="{LIST}?tema=2"' in second


@pytest.mark.parametrize("query", ["?efter=findes-ikke", "?tema=99", "?tema=", "?efter=&tema=x"])
def test_an_address_that_leads_nowhere_shows_the_newest(
    stranger: Client, cast: Cast, query: str
) -> None:
    story = told(cast, 1)[0]
    assert address(story) in page_of(stranger, query)


def test_the_place_of_a_story_that_is_hidden_is_not_told(stranger: Client, cast: Cast) -> None:
    old, new = told(cast, 2)
    hide(new, by=cast.host, reason=Reason.HARM, message="Vi taler sammen.")
    assert address(old) in page_of(stranger, f"?efter={new.public_id}")


def test_an_empty_list_says_how_to_begin(stranger: Client) -> None:
    page = page_of(stranger)
    assert 'class="empty"' in page
    assert page.count('href="/fortael/"') >= 2
    assert 'href="/fortael/?tema=2"' in page_of(stranger, "?tema=2")


def unpublished(cast: Cast) -> dict[str, Contribution]:
    """One story in each state that nobody but its author and the hosts may read."""
    why = {"by": cast.host, "message": "Vi skriver, hvorfor."}
    made = {name: give_story("Hemmelige ord", title="Hemmelig").contribution for name in
            ("waits", "returned", "declined", "kept", "hidden", "withdrawn")}  # fmt: skip
    return_to_author(made["returned"], reason=Reason.UNCLEAR, **why)
    decline(made["declined"], reason=Reason.HATE, **why)
    revoke_consent(made["kept"], Scope.SHOW)
    keep(made["kept"], by=cast.host)
    hide(show(made["hidden"], by=cast.host), reason=Reason.HARM, **why)
    withdraw(show(made["withdrawn"], by=cast.host))
    return made


@pytest.mark.parametrize("name", ["stranger", "citizen", "host", "politician", "editor"])
def test_what_is_not_published_is_nowhere_to_be_read(cast: Cast, name: str) -> None:
    client = cast.client(name)
    made = unpublished(cast)
    never = client.get(f"{LIST}aldrig-skrevet-fortaelling/")
    assert never.status_code == 404
    for story in made.values():
        answer = client.get(address(story))
        assert (answer.status_code, answer.content) == (404, never.content)
        assert dict(answer.headers) == dict(never.headers)
        assert client.get(f"{address(story)}sig-til/").content == never.content
        assert client.get(f"{LIST}?efter={story.public_id}").content == client.get(LIST).content
    assert "emmelig" not in page_of(client)


def test_a_post_is_not_a_story(cast: Cast, stranger: Client) -> None:
    post = show(begin(open_forum()), by=cast.host)
    assert stranger.get(address(post)).status_code == 404
    assert post.published_title not in page_of(stranger)


def test_the_list_asks_the_database_as_much_for_twelve_as_for_three(
    stranger: Client, cast: Cast, guideline: Guideline
) -> None:
    told(cast, 3, theme=guideline.theme, guidelines=[guideline])
    few = _queries(stranger, LIST + "?x=1")
    told(cast, 12, theme=guideline.theme, guidelines=[guideline])
    many = _queries(stranger, LIST + "?x=1")
    assert (len(few), len(many)) == (6, 6)
    assert not [query for query in many if "text" in query and "textversion" in query]


def test_a_story_takes_few_questions_whatever_it_is_about(
    stranger: Client, cast: Cast, theme: Theme
) -> None:
    bare = show(give_story(), by=cast.host)
    tagged = show(give_story(theme=theme, guidelines=theme.guidelines.all()), by=cast.host)
    counts = [len(_queries(stranger, f"{address(story)}?x=1")) for story in (bare, tagged)]
    # Two of them ask what became of it.
    assert counts == [6, 6]


def _queries(client: Client, where: str) -> list[str]:
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert client.get(where).status_code == 200
    return [query["sql"] for query in asked]


def test_a_list_of_voices_never_opens_an_encrypted_column(stranger: Client, cast: Cast) -> None:
    told(cast, 2, scopes=[Scope.SHOW])
    for query in _queries(stranger, f"{LIST}?x=1"):
        assert '"contributions_contribution"."alias"' not in query
        assert "contributions_receipt" not in query


def test_the_first_words_of_a_story_without_a_title_stand_once_in_the_list(
    stranger: Client, cast: Cast
) -> None:
    text = (
        "Der er et sted, hvor man kan få kaffe uden at skulle forklare noget som helst. Det hjalp."
    )
    show(give_story(text, title=""), by=cast.host)
    page = page_of(stranger)
    assert page.count("Der er et sted") == 1
    assert page.count("Det hjalp.") == 1


def test_an_author_reads_what_waits_under_the_code_alone(stranger: Client) -> None:
    tell(stranger, "Mine ord, der venter")
    waiting = Contribution.objects.get()
    assert stranger.get(address(waiting)).status_code == 404
    assert "Mine ord" not in page_of(stranger)


def test_every_page_with_stories_can_be_left_in_one_click(stranger: Client, cast: Cast) -> None:
    story = show(give_story(), by=cast.host)
    for where in (LIST, address(story), f"{address(story)}sig-til/"):
        assert "data-leave" in stranger.get(where).content.decode()
