"""One contribution on the desk: the words as they were written, and all a host has to know."""

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from cocreate.contributions.models import Contribution, Scope
from cocreate.contributions.operations import Given, Words
from cocreate.contributions.viewer import STRANGER
from cocreate.moderation.intake import say_to
from cocreate.moderation.models import Finding
from cocreate.moderation.operations import publish, send_again, withdraw
from cocreate.moderation.templatetags.desk import Place, marked, places_in
from tests.cast import Cast, begin, give_story, open_forum, reply, show, topic_of
from tests.moderation.pages.acts import decide, desk_of, now, of, press, read, says
from tests.stories.pages import filled


def test_the_text_stands_as_it_was_written_with_every_sign_escaped(
    cast: Cast, host: Client
) -> None:
    story = give_story("Linje <b>et</b>.\nLinje & to.", title="<script>alert(1)</script>")
    page = read(host, story.contribution).content.decode()
    assert "Linje &lt;b&gt;et&lt;/b&gt;.<br>Linje &amp; to." in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<script>alert" not in page


def test_what_the_rules_noticed_is_marked_where_it_stands(cast: Cast, host: Client) -> None:
    story = give_story("Ring <20 30 40 50>, ikke mig.", title="Min mail er a@eksempel.dk")
    page = read(host, story.contribution).content.decode()
    assert '&lt;<mark class="find">20 30 40 50<span class="vh">' in page
    assert '<mark class="find">a@eksempel.dk<span class="vh">' in page


def test_a_nickname_that_shows_too_much_is_marked_too(cast: Cast, host: Client) -> None:
    post = begin(open_forum(), alias="Kaj 20304050")
    page = read(host, post.contribution).content.decode()
    assert 'Kaj <mark class="find">20304050' in page


@pytest.mark.parametrize(
    ("spans", "expected"),
    [
        ([(0, 3), (2, 5)], "abc de"),
        ([(0, 99)], "abcdef"),
        ([(4, 4)], ""),
        ([(7, 9)], ""),
        ([(1, 3), (1, 3)], "bc"),
    ],
)
def test_places_that_overlap_or_lie_outside_lose_no_word(
    spans: list[tuple[int, int]], expected: str
) -> None:
    places = [
        Place(number, Finding(kind="phone", start=start, end=end), "Phone", "")
        for number, (start, end) in enumerate(spans, 1)
    ]
    drawn = marked("abcdef", places, "text")
    inside = [part.split("<span")[0] for part in drawn.split('<mark class="find">')[1:]]
    assert " ".join(inside) == expected
    outside = "".join(part.rpartition("</mark>")[2] for part in drawn.split("<mark")[0:])
    assert sorted("".join(inside) + outside) == sorted("abcdef")


def test_a_text_that_may_be_heavy_is_folded_and_its_title_kept_out_of_the_heading(
    cast: Cast, host: Client
) -> None:
    story = give_story("Jeg vil ikke leve mere.", title="Farvel")
    page = read(host, story.contribution).content.decode()
    head, _summary, folded = page.partition("<summary>")
    assert "Jeg vil ikke leve mere." not in head and "Farvel" not in head
    assert "Farvel" in folded


def test_no_word_of_the_author_stands_in_the_title_of_the_page(cast: Cast, host: Client) -> None:
    page = read(host, give_story(title="Plantet titel").contribution).content.decode()
    assert "Plantet" not in page.partition("</title>")[0]


def test_the_author_is_known_by_figures_alone(cast: Cast, host: Client) -> None:
    viewer = cast.viewer("citizen")
    earlier = show(give_story("Tidligere.", viewer=viewer), by=cast.host)
    give_story("Venter.", viewer=viewer)
    story = give_story("Ny.", viewer=viewer).contribution
    page = read(host, story)
    beside, _case, case = page.content.decode().partition('class="case ')
    assert "citizen@cast.example" not in page.content.decode()
    assert earlier.public_id not in case and "Tidligere." not in case
    assert says(page, "The author has sent %(total)d other contributions.", total=2) or (
        "2" in case and "Venter." not in case
    )


def test_a_guest_is_known_by_the_receipt_in_the_same_way(cast: Cast, host: Client) -> None:
    first = give_story("Ny.").contribution
    assert says(read(host, first), "The author's first contribution.")


def test_a_host_sees_what_the_author_has_said_yes_to(cast: Cast, host: Client) -> None:
    story = give_story(scopes={Scope.ANALYSE}).contribution
    page = read(host, story)
    with translation.override("da"):
        answers = [str(translation.gettext(answer)) for answer in ("No", "Yes", "No", "No")]
    given = page.content.decode().partition('class="facts"')[2].split("<dt>")[1:]
    assert [answer.partition("</dt>")[0] for answer in given] == answers


def test_all_wordings_and_decisions_can_be_read(cast: Cast, host: Client) -> None:
    story = give_story("Den første ordlyd.").contribution
    decide(host, story, "returned", reason="unclear", message="Hvad mener du?")
    given = Given("", Words("Den anden ordlyd."), STRANGER, frozenset({Scope.SHOW}))
    send_again(story, given)
    page = read(cast.client("second_host"), story).content.decode()
    assert "Den første ordlyd." in page and "Den anden ordlyd." in page
    assert "Host Testvig" in page and "Hvad mener du?" in page


def test_what_others_told_us_stands_with_its_reason(cast: Cast, host: Client) -> None:
    story = show(give_story(), by=cast.host)
    say_to(story, submission_id="a", reason="about_me", text="Det er min <i>bror</i>.")
    page = read(host, story)
    assert "Det er min &lt;i&gt;bror&lt;/i&gt;." in page.content.decode()
    assert says(page, "It is about me or somebody I know")


def test_a_host_says_that_a_place_is_no_problem_and_it_can_be_shown(
    cast: Cast, host: Client
) -> None:
    story = give_story("Ring på 20 30 40 50.")
    found = story.version.findings.get()
    press_not_a_problem(host, story.contribution, found)
    found.refresh_from_db()
    assert found.resolved_by == cast.host
    decide(host, story.contribution, "published")
    assert now(story.contribution).state == "published"


def press_not_a_problem(client: Client, contribution: Contribution, found: Finding) -> None:
    address = f"{desk_of(contribution)}fund/{found.pk}/"
    page = read(client, contribution)
    answer = client.post(address, filled(page, address))
    assert answer.status_code == 302


def test_concern_in_words_that_were_taken_out_again_is_still_answered(
    cast: Cast, host: Client
) -> None:
    received = give_story("Jeg vil ikke leve mere.")
    send_again(received.contribution, Given("", Words("Jeg vil bo."), STRANGER, frozenset()))
    found = Finding.objects.concern().get()
    assert f"/fund/{found.pk}/" in read(host, received.contribution).content.decode()
    press_not_a_problem(host, received.contribution, found)
    assert not Finding.objects.concern().open().exists()


def test_a_finding_of_another_contribution_is_not_there(cast: Cast, host: Client) -> None:
    found = give_story("Ring på 20 30 40 50.").version.findings.get()
    other = give_story()
    address = of(other, "desk_finding", str(found.pk))
    assert host.post(address).status_code == 404
    assert host.post(of(other, "desk_finding", "9" * 30)).status_code == 404


def test_places_are_numbered_in_the_order_of_the_page(cast: Cast) -> None:
    story = give_story("a@eksempel.dk og 20 30 40 50", title="b@eksempel.dk")
    places = places_in(story.version)
    assert [place.words for place in places] == ["b@eksempel.dk", "a@eksempel.dk", "20 30 40 50"]
    assert [place.number for place in places] == [1, 2, 3]


def test_an_item_takes_as_many_queries_however_much_has_happened(cast: Cast, host: Client) -> None:
    taken = []
    for number in (1, 5):
        forum = open_forum(f"rum-{number}")
        post = begin(forum)
        show(post, by=cast.second_host)
        for _count in range(number):
            show(reply(topic_of(post)), by=cast.second_host)
            say_to(post.contribution, submission_id=f"{forum.pk}{_count}", reason="tone", text="x")
        with CaptureQueriesContext(connection) as queries:
            assert read(host, post.contribution).status_code == 200
        taken.append(len(queries))
    assert taken[0] == taken[1] <= 20


def test_a_host_takes_up_again_what_another_did_not_accept(cast: Cast, host: Client) -> None:
    story = give_story().contribution
    decide(cast.client("second_host"), story, "declined", reason="hate", message="Nej.")
    assert "reopened" in read(host, story).content.decode()
    assert "reopened" not in read(cast.client("second_host"), story).content.decode()
    decide(host, story, "reopened")
    assert now(story).state == "pending"


def test_withdrawn_is_not_there_for_hosts_any_more(cast: Cast, host: Client) -> None:
    received = give_story()
    publish(received.contribution, by=cast.host)
    withdraw(received.contribution)
    assert read(host, received.contribution).status_code == 404


def test_pages_of_the_desk_can_be_read_on_a_phone_one_at_a_time(cast: Cast, host: Client) -> None:
    story = give_story().contribution
    page = read(host, story).content.decode()
    assert 'class="back" href="/vaert/"' in page
    assert press(host, desk_of(story), outcome="published").status_code == 302


# --- somebody may be in danger --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Jeg vil ikke leve mere.", "Concern, medium"),
        ("Farvel. Jeg tager mit eget liv i aften.", "Concern, high"),
    ],
)
def test_a_concern_stands_above_everything_else(
    cast: Cast, host: Client, text: str, title: str
) -> None:
    page = read(host, give_story(text).contribution)
    alarm, _found, below = main_of(page).partition("<h1")
    assert 'class="alarm"' in alarm and says_in(alarm, title)
    assert 'class="tag tag-wait"' not in below


def test_somebody_who_is_worried_is_heard_above_everything_else(cast: Cast, host: Client) -> None:
    contribution = show(give_story(), by=cast.second_host)
    say_to(contribution, submission_id="worried", reason="worried", text="")
    assert says_in(
        main_of(read(host, contribution)).partition("<h1")[0],
        "Somebody is worried about the one who wrote",
    )


def test_without_concern_nothing_alarms(cast: Cast, host: Client) -> None:
    assert 'class="alarm"' not in main_of(read(host, give_story().contribution))


def main_of(page: HttpResponse) -> str:
    return page.content.decode().partition("<main")[2]


def says_in(part: str, sentence: str) -> bool:
    with translation.override("da"):
        return translation.gettext(sentence) in part
