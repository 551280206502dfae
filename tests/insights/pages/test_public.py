"""Insights as everybody reads them: figures that show nobody, no word that nobody allowed."""

from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cocreate.contributions.models import Consent, Scope, VoiceRole
from cocreate.insights.models import Evidence, Insight, Stance
from cocreate.insights.operations import take_down_insight
from cocreate.insights.presenting import Quarter, quarters_of
from cocreate.moderation import operations as moderation
from cocreate.moderation.models import Reason
from cocreate.pagecache.models import bump
from tests.insights.conftest import SAYING, WORDS, Desk, again
from tests.moderation.pages.acts import says

pytestmark = pytest.mark.django_db

SECRET = "Kun jeg ved, hvor nøglen ligger."
NOT_SHOWN = (
    "We show no number below five, and none that one could be worked out from, so that nobody can "
    "be recognised."
)


def page(insight: Insight) -> str:
    response = Client().get(insight.get_absolute_url())
    assert response.status_code == 200
    return response.content.decode()


def counts(html: str) -> str:
    """What the box of figures says."""
    return html.partition('id="heard"')[2].partition("</aside>")[0]


# --- who may --------------------------------------------------------------------------------------


def test_an_insight_is_read_by_everybody_when_it_is_shown(desk: Desk) -> None:
    html = page(desk.insight(desk.voice()))
    assert "I-01" in html and SAYING in html
    assert "/temaer/det-gode-samarbejde/" in html and "/retningslinjer/2.3/" in html


@pytest.mark.parametrize("number", ["1", "2", "0", "7" * 30, "9" * 5000])
def test_a_draft_is_not_there_just_like_a_number_nobody_gave(desk: Desk, number: str) -> None:
    desk.insight(public=False)
    for who in ("stranger", "analyst"):
        assert desk.cast.client(who).get(f"/indsigter/{number}/").status_code == 404
    assert Client().get("/indsigter/1/").content == Client().get("/indsigter/2/").content


def test_what_is_taken_down_is_gone_from_kept_pages_too(desk: Desk) -> None:
    insight = desk.insight(desk.voice())
    page(insight)
    assert SAYING in Client().get("/indsigter/").content.decode()
    take_down_insight(insight, is_rested_on=False)
    assert Client().get(insight.get_absolute_url()).status_code == 404
    assert SAYING not in Client().get("/indsigter/").content.decode()


def test_nothing_is_sent_to_it(desk: Desk) -> None:
    insight = desk.insight(desk.voice())
    for address in ("/indsigter/", insight.get_absolute_url()):
        assert Client().post(address).status_code == 405
        assert not Client().get(address).cookies


# --- figures --------------------------------------------------------------------------------------


def test_few_are_not_counted_and_the_page_says_why(desk: Desk) -> None:
    response = Client().get(desk.insight(*(desk.voice() for _ in range(4))).get_absolute_url())
    assert says(response, "There are too few contributions to give a number.")
    assert says(response, NOT_SHOWN)


def test_many_are_counted_by_role_and_by_what_they_say(desk: Desk) -> None:
    relatives = [desk.voice(role=VoiceRole.RELATIVE) for _ in range(5)]
    insight = desk.insight(*(desk.voice() for _ in range(6)))
    for version in relatives:
        desk.behind(insight, version, Stance.COUNTERS)
    response = Client().get(insight.get_absolute_url())
    for sentence, count in {
        "%(count)d contributions from citizens": 6,
        "%(count)d contributions from relatives": 5,
        "%(count)d contributions say the same": 6,
        "%(count)d contributions say something else": 5,
    }.items():
        assert says(response, sentence, count=count)
    assert not says(response, NOT_SHOWN)


def test_a_few_relatives_take_another_row_with_them(desk: Desk) -> None:
    insight = desk.insight(*(desk.voice() for _ in range(9)))
    for version in [desk.voice(role=VoiceRole.RELATIVE) for _ in range(3)]:
        desk.behind(insight, version)
    for version in [desk.voice(role=VoiceRole.VOLUNTEER) for _ in range(5)]:
        desk.behind(insight, version)
    response = Client().get(insight.get_absolute_url())
    assert says(response, "%(count)d contributions from citizens", count=9)
    assert not says(response, "%(count)d contributions from volunteers", count=5)
    rest = "the rest: %(count)s contributions from others, too few to be shown one by one"
    assert says(response, rest, count=8)
    assert says(response, NOT_SHOWN)


def test_what_is_only_kept_is_not_found_by_counting_what_can_be_read(desk: Desk) -> None:
    """Six can be read here; "8" would tell that two cannot."""
    insight = desk.insight(*(desk.voice() for _ in range(6)))
    assert "6 " in counts(page(insight))
    for version in [desk.voice(kept=True) for _ in range(2)]:
        desk.behind(insight, version)
    response = Client().get(insight.get_absolute_url())
    assert says(response, "There are too few contributions to give a number.")


def test_only_the_newest_are_listed_and_a_small_rest_is_no_number(desk: Desk) -> None:
    voices = [desk.voice(f"Stemme nummer {n} fortæller.", title="") for n in range(14)]
    insight = desk.insight(*voices)
    html = page(insight)
    listed = html.partition('id="voices"')[2].partition("</section>")[0]
    assert listed.count("<li>") == 12
    assert "Stemme nummer 13" in html and "Stemme nummer 1 " not in html
    assert "hint" not in listed
    for n in range(3):
        desk.behind(insight, desk.voice(f"Ny stemme {n}."))
    response = Client().get(insight.get_absolute_url())
    more = "These are the newest. %(count)s more can be read on the site."
    assert says(response, more, count=5)


# --- quotes and gaps ------------------------------------------------------------------------------


def test_quotes_stand_with_their_role_their_place_and_what_they_say(desk: Desk) -> None:
    insight, other = desk.insight(desk.voice()), desk.voice("En frist må ikke give tomme svar.")
    desk.behind(insight, desk.voice(), quote=(0, 24))
    desk.behind(insight, other, Stance.COUNTERS, quote=(0, 33))
    html = page(insight)
    same, _heading, rest = html.partition('id="else"')
    assert f'<p dir="auto" lang="da">{WORDS[:24]}</p>' in same
    counter = rest.partition("</section>")[0]
    assert "En frist må ikke give tomme svar." in counter
    where = f"/stemmer/{other.contribution.public_id}/"
    assert where in counter
    story = f"/fortaellinger/{other.contribution.public_id}/"
    assert Client().get(where)["Location"] == story


@pytest.mark.parametrize("what", ["withdraw", "hide", "no to showing", "no to quoting"])
def test_no_word_stays_on_the_page_when_its_author_or_a_host_takes_it_away(
    desk: Desk, what: str
) -> None:
    version = desk.voice(SECRET, title="")
    insight = desk.insight(desk.voice(), version)
    desk.behind(insight, version, quote=(0, len(SECRET)))
    assert page(insight).count(SECRET) == 2
    match what:
        case "no to quoting":
            moderation.revoke_consent(version.contribution, Scope.QUOTE)
        case "no to showing":
            moderation.revoke_consent(version.contribution, Scope.SHOW)
        case "hide":
            moderation.hide(
                version.contribution, by=desk.cast.host, reason=Reason.HATE, message="Vent."
            )
        case _:
            moderation.withdraw(version.contribution)
    # What may still be shown is listed as a voice, but is no quote any more.
    assert page(insight).count(SECRET) == (1 if what == "no to quoting" else 0)


def test_no_word_of_what_is_only_kept_stands_on_a_public_page(desk: Desk) -> None:
    insight = desk.insight(desk.voice(), desk.voice(SECRET, kept=True, title=""))
    Evidence.objects.update(quote_start=0, quote_end=10)
    for address in ("/indsigter/", insight.get_absolute_url(), "/"):
        assert SECRET[:10] not in Client().get(address).content.decode()


def test_a_gap_is_said_with_its_quarter_and_nothing_finer(desk: Desk) -> None:
    voices = [desk.voice() for _ in range(4)]
    insight = desk.insight(*voices)
    moderation.withdraw(voices[0].contribution)
    moderation.revoke_consent(voices[1].contribution, Scope.ANALYSE)
    moderation.erase(again(voices[0].contribution))
    given = Consent.objects.filter(contribution=voices[1].contribution)
    now = given.exclude(revoked_at=None).values_list("revoked_at", flat=True)[0]
    assert now is not None
    (quarter,) = quarters_of([now])
    response = Client().get(insight.get_absolute_url())
    when = "quarter %(quarter)d of %(year)d: %(count)d"
    assert says(response, when, quarter=quarter.number, year=quarter.year, count=2)
    assert "2 " in counts(response.content.decode()).partition(str(quarter.year))[0]


def test_quarters_are_those_of_the_danish_year() -> None:
    moments = [
        datetime(2027, 3, 31, 21, 59, tzinfo=UTC),
        datetime(2027, 3, 31, 22, 1, tzinfo=UTC),
        datetime(2027, 12, 31, 22, 59, tzinfo=UTC),
        datetime(2027, 12, 31, 23, 1, tzinfo=UTC),
    ]
    assert quarters_of(moments) == [
        Quarter(2027, 1, 1),
        Quarter(2027, 2, 1),
        Quarter(2027, 4, 1),
        Quarter(2028, 1, 1),
    ]


def test_missing_voices_are_said_to_be_the_administrations_judgement(desk: Desk) -> None:
    insight = desk.insight(desk.voice())
    judged = "The administration's judgement"
    assert not says(Client().get(insight.get_absolute_url()), judged)
    Insight.objects.update(missing_voices="Ingen <b>under</b> 25 har svaret.")
    bump("insights")
    response = Client().get(insight.get_absolute_url())
    assert says(response, judged)
    assert "Ingen &lt;b&gt;under&lt;/b&gt; 25" in response.content.decode()


# --- how much it costs ----------------------------------------------------------------------------


@pytest.mark.parametrize("size", [3, 30])
def test_the_page_asks_as_much_for_thirty_voices_as_for_three(desk: Desk, size: int) -> None:
    insight = desk.insight(desk.voice())
    for _ in range(size - 1):
        desk.behind(insight, desk.voice(), quote=(0, 24))
    moderation.withdraw(desk.voice().contribution)
    with CaptureQueriesContext(connection) as queries:
        page(insight)
    # Eight of the page itself, and one for the amendments that rest on it.
    assert len(queries) <= 8


@pytest.mark.parametrize("size", [1, 30])
def test_the_list_asks_as_much_for_thirty_as_for_one(desk: Desk, size: int) -> None:
    voice = desk.voice()
    for n in range(size):
        desk.insight(voice, statement=f"{SAYING} {n}")
    with CaptureQueriesContext(connection) as queries:
        html = Client().get("/indsigter/").content.decode()
    assert html.count('class="entry') == min(size, 25)
    assert len(queries) <= 4


# --- the list -------------------------------------------------------------------------------------


def test_the_list_is_empty_at_first_and_then_newest_first(desk: Desk) -> None:
    assert says(Client().get("/indsigter/"), "No insight is shown here yet.")
    for n in range(26):
        desk.insight(desk.voice(), statement=f"Sætning {n + 1}.")
    response = Client().get("/indsigter/")
    html = response.content.decode()
    assert html.index("Sætning 26.") < html.index("Sætning 2.")
    assert "Sætning 1." not in html and "?efter=2" in html
    assert "Sætning 1." in Client().get("/indsigter/?efter=2").content.decode()


def test_the_list_shows_one_theme(desk: Desk) -> None:
    desk.insight(desk.voice())
    assert SAYING in Client().get("/indsigter/?tema=2").content.decode()
    assert SAYING not in Client().get("/indsigter/?tema=1").content.decode()


@pytest.mark.parametrize(
    "query", ["tema=99", "tema=x", "efter=%00", "efter=" + "9" * 40, "efter=-1", "tema=%FF&efter=²"]
)
def test_an_odd_question_is_answered(desk: Desk, query: str) -> None:
    desk.insight(desk.voice())
    assert Client().get(f"/indsigter/?{query}").status_code in {200, 400}
