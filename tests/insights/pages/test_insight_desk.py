"""Making an insight, changing it, its voices, showing it and taking it down."""

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cocreate.contributions.models import Scope
from cocreate.insights.models import Evidence, Insight, Stance
from cocreate.moderation import operations as moderation
from cocreate.revisions.models import Amendment, Process
from cocreate.themes.models import Theme
from tests.insights.conftest import SAYING, WORDS, Desk
from tests.moderation.pages.acts import says
from tests.stories.pages import filled

pytestmark = pytest.mark.django_db

NEW, DRAFTS = "/analyse/indsigter/ny/", "/analyse/indsigter/"


def theme() -> int:
    return Theme.objects.get(number=2).pk


def make(client: Client, **answers: object) -> HttpResponse:
    sent = {"statement": SAYING, "theme": theme(), "guidelines": ["2.3"], **answers}
    return client.post(NEW, filled(client.get(NEW), NEW, **sent))


def edit(insight: Insight) -> str:
    return reverse("insight_edit", args=[insight.number])


def send(client: Client, name: str, insight: Insight, *more: int) -> HttpResponse:
    return client.post(reverse(name, args=[insight.number, *more]))


def test_an_insight_is_made_as_a_draft_and_changed(desk: Desk, analyst: Client) -> None:
    response = make(analyst, missing_voices="Ingen under 25 har svaret.")
    assert response.status_code == 302 and response["Location"] == f"{DRAFTS}1/"
    insight = Insight.objects.get()
    assert not insight.is_public
    assert [guideline.code for guideline in insight.guidelines.all()] == ["2.3"]
    page = analyst.get(edit(insight))
    assert "Ingen under 25 har svaret." in page.content.decode()
    answers = {"statement": "Noget andet.", "theme": theme()}
    response = analyst.post(edit(insight), filled(page, edit(insight), **answers))
    assert response.status_code == 302
    insight.refresh_from_db()
    assert insight.statement == "Noget andet."
    assert [guideline.code for guideline in insight.guidelines.all()] == ["2.3"]
    assert "Noget andet." in analyst.get(DRAFTS).content.decode()


@pytest.mark.parametrize(
    "answers",
    [
        {"statement": " "},
        {"statement": "\x00"},
        {"statement": "x" * 301},
        {"missing_voices": "x" * 1001},
        {"theme": ""},
        {"theme": 10**30},
        {"theme": "x"},
        {"guidelines": ["9.9"]},
        {"guidelines": ["\x00"]},
    ],
)
def test_odd_answers_are_refused_in_words_and_kept(
    desk: Desk, analyst: Client, answers: dict[str, object]
) -> None:
    insight = desk.insight(public=False, statement="Den første.")
    assert make(analyst, **answers).status_code == 422
    sent = {"statement": "Den anden.", "theme": theme(), "guidelines": ["2.3"], **answers}
    assert analyst.post(edit(insight), sent).status_code == 422
    assert [one.statement for one in Insight.objects.all()] == ["Den første."]


def test_copied_words_are_shown_and_nothing_typed_is_lost(desk: Desk, analyst: Client) -> None:
    version = desk.voice(scopes={Scope.SHOW, Scope.ANALYSE})
    copied = f"Mange siger: {WORDS}"
    for response in (
        make(analyst, statement=copied),
        analyst.post(edit(desk.insight(public=False)), {"statement": copied, "theme": theme()}),
    ):
        html = response.content.decode()
        assert response.status_code == 422
        assert f'value="{copied}"' in html and "<q>" in html
        assert version.contribution.public_id in html


def test_it_is_shown_when_somebody_says_it_and_taken_down_again(
    desk: Desk, analyst: Client
) -> None:
    insight = desk.insight(public=False)
    refused = send(analyst, "insight_show", insight)
    nobody = "An insight is shown only when at least one contribution says the same."
    assert refused.status_code == 422 and says(refused, nobody)
    desk.behind(insight, desk.voice())
    for _ in range(2):
        assert send(analyst, "insight_show", insight).status_code == 302
    assert Client().get(insight.get_absolute_url()).status_code == 200
    for _ in range(2):
        assert send(analyst, "insight_take_down", insight).status_code == 302
    assert Client().get(insight.get_absolute_url()).status_code == 404


def test_what_a_proposed_change_rests_on_stays(desk: Desk, analyst: Client) -> None:
    insight = desk.insight(desk.voice())
    amendment = Amendment.objects.create(
        number=1, process=Process.objects.create(slug="x", title="X"), change="new"
    )
    amendment.insights.add(insight)
    Amendment.objects.update(put_forward_at=insight.published_at)
    refused = send(analyst, "insight_take_down", insight)
    rests = "A proposed change of the strategy rests on this insight, so it stays."
    assert refused.status_code == 422 and says(refused, rests)
    assert Insight.objects.public().exists()


def test_voices_stand_with_what_they_say_and_are_taken_out(desk: Desk, analyst: Client) -> None:
    insight, first, other = desk.insight(public=False), desk.voice(title="Den ene"), desk.voice()
    desk.behind(insight, first, quote=(0, 24))
    row = desk.behind(insight, other, Stance.COUNTERS)
    response = analyst.get(edit(insight))
    html = response.content.decode()
    assert "Den ene" in html and f"<p>{WORDS[:24]}</p>" in html
    assert says(response, "Says something else")
    for _ in range(2):
        assert send(analyst, "insight_drop", insight, row.pk).status_code == 302
    assert insight.evidence.count() == 1
    # A foreign voice stays where it is.
    another = desk.behind(desk.insight(public=False), other)
    send(analyst, "insight_drop", insight, another.pk)
    send(analyst, "insight_drop", insight, 10**12)
    assert Evidence.objects.count() == 2


def test_the_last_one_that_says_it_stays_while_it_is_shown(desk: Desk, analyst: Client) -> None:
    insight = desk.insight(desk.voice())
    refused = send(analyst, "insight_drop", insight, Evidence.objects.get().pk)
    assert refused.status_code == 422
    assert Evidence.objects.count() == 1


def test_no_word_of_what_was_taken_back_stands_on_the_desk(desk: Desk, analyst: Client) -> None:
    version = desk.voice("Kun jeg ved, hvor nøglen ligger.", title="Min hemmelighed")
    insight = desk.insight(public=False)
    desk.behind(insight, version, quote=(0, 20))
    moderation.withdraw(version.contribution)
    response = analyst.get(edit(insight))
    html = response.content.decode()
    assert "Min hemmelighed" not in html and "Kun jeg ved" not in html
    assert says(response, "Taken back: it does not count")


@pytest.mark.parametrize("size", [3, 30])
def test_the_pages_ask_as_much_for_many_as_for_few(desk: Desk, analyst: Client, size: int) -> None:
    insight = desk.insight(desk.voice())
    for n in range(size):
        desk.behind(insight, desk.voice(), quote=(0, 24))
        desk.insight(public=False, statement=f"Sætning {n}.")
    with CaptureQueriesContext(connection) as queries:
        html = analyst.get(edit(insight)).content.decode()
    assert html.count("<blockquote") == min(size, 25)
    assert len(queries) <= 11
    with CaptureQueriesContext(connection) as queries:
        html = analyst.get(DRAFTS).content.decode()
    assert html.count('<li class="flow flow-sm">') == min(size + 1, 25)
    assert len(queries) <= 5


@pytest.mark.parametrize("query", ["efter=%00", "efter=" + "9" * 50, "efter=²"])
def test_an_odd_question_is_answered(desk: Desk, analyst: Client, query: str) -> None:
    insight = desk.insight(public=False)
    for one in (DRAFTS, edit(insight)):
        assert analyst.get(f"{one}?{query}").status_code in {200, 400}
    assert analyst.get(f"{DRAFTS}{'9' * 40}/").status_code == 404
    for name in ("insight_show", "insight_take_down"):
        assert analyst.get(reverse(name, args=[insight.number])).status_code == 302
    assert not Insight.objects.public().exists()
