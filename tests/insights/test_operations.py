"""Marks, insights and the voices behind them: what may be used, and what is refused."""

import pytest
from django.db import IntegrityError, transaction

from cocreate.contributions.models import Audience, Scope, TextVersion
from cocreate.insights import access
from cocreate.insights.errors import (
    AlreadyUsed,
    CopiedWords,
    NotAnalysable,
    NothingBehindIt,
    NothingSaid,
    PlaceOutsideTheText,
    QuoteNotAllowed,
    QuoteTooLong,
    RestsOnIt,
    TreeTooDeep,
)
from cocreate.insights.models import Code, Evidence, Excerpt, Insight, SetAside, Stance
from cocreate.insights.operations import (
    Said,
    change_insight,
    drop_voice,
    make_code,
    make_insight,
    mark,
    publish_insight,
    set_aside,
    take_down_insight,
)
from cocreate.moderation import operations as moderation
from cocreate.moderation.models import Reason
from cocreate.pagecache.models import versions
from cocreate.themes.models import Passage, Theme
from tests.cast import begin, open_forum, show
from tests.insights.conftest import SAYING, WORDS, Desk, again

pytestmark = [pytest.mark.django_db, pytest.mark.db]


def readable(desk: Desk) -> set[int]:
    return set(access.analysable_versions(desk.viewer).values_list("pk", flat=True))


def test_analysts_read_what_is_shown_and_what_is_kept_with_a_yes_to_it(desk: Desk) -> None:
    shown, kept = desk.voice(), desk.voice(kept=True)
    without = desk.voice(scopes={Scope.SHOW})
    assert readable(desk) == {shown.pk, kept.pk}
    assert without.pk not in readable(desk)


@pytest.mark.parametrize("who", ["citizen", "host", "staff", "politician", "editor", "stranger"])
def test_nobody_else_reads_them(desk: Desk, who: str) -> None:
    desk.voice()
    assert not access.analysable_versions(desk.cast.viewer(who)).exists()


def test_without_the_second_factor_an_analyst_reads_nothing(desk: Desk) -> None:
    from dataclasses import replace

    desk.voice()
    assert not access.analysable(replace(desk.viewer, second_factor=False)).exists()


def test_a_closed_room_is_closed_to_analysts_who_are_no_members(desk: Desk) -> None:
    room = open_forum(
        "lukket", audience=Audience.ROOM, members=[desk.cast.citizen], hosts=[desk.cast.host]
    )
    show(begin(room, "Det bliver herinde."), by=desk.cast.host)
    assert not readable(desk)
    member = open_forum(
        "vores", audience=Audience.ROOM, members=[desk.analyst], hosts=[desk.cast.host]
    )
    show(begin(member, "Det kan du læse."), by=desk.cast.host)
    assert len(readable(desk)) == 1


@pytest.mark.parametrize("what", ["withdraw", "erase", "hide", "no to analysis"])
def test_what_is_taken_away_is_gone_at_the_next_request(desk: Desk, what: str) -> None:
    version = desk.voice()
    match what:
        case "hide":
            moderation.hide(
                version.contribution, by=desk.cast.host, reason=Reason.HATE, message="Vent."
            )
        case "no to analysis":
            moderation.revoke_consent(version.contribution, Scope.ANALYSE)
        case _:
            moderation.withdraw(version.contribution)
            if what == "erase":
                moderation.erase(version.contribution)
    assert not readable(desk)
    with pytest.raises(NotAnalysable):
        mark(version, 0, 4, Code.objects.create(name="Ventetid"), viewer=desk.viewer)
    with pytest.raises(NotAnalysable):
        desk.behind(desk.insight(public=False), version)


# --- coding ---------------------------------------------------------------------------------------


def test_a_place_is_marked_once_with_a_code(desk: Desk) -> None:
    version = desk.voice()
    waiting = make_code("Ventetid", by=desk.analyst)
    silence = make_code(" Ingen  besked ", by=desk.analyst, under=waiting)
    assert (silence.name, silence.parent) == ("Ingen besked", waiting)
    assert make_code("Ingen besked", by=desk.analyst, under=waiting) == silence
    first = mark(version, 0, 24, silence, viewer=desk.viewer)
    assert mark(version, 0, 24, silence, viewer=desk.viewer) == first
    mark(version, 4, 30, waiting, viewer=desk.viewer)
    assert Excerpt.objects.open_to(desk.viewer).count() == 2
    moderation.withdraw(version.contribution)
    assert not Excerpt.objects.open_to(desk.viewer).exists()


@pytest.mark.parametrize(("start", "end"), [(-1, 4), (4, 4), (5, 4), (0, 10_000)])
def test_a_mark_lies_in_the_text(desk: Desk, start: int, end: int) -> None:
    version = desk.voice()
    with pytest.raises(PlaceOutsideTheText):
        mark(version, start, end, Code.objects.create(name="Ventetid"), viewer=desk.viewer)


def test_the_tree_of_codes_stays_readable(desk: Desk) -> None:
    code = None
    for name in ("Et", "To", "Tre"):
        code = make_code(name, by=desk.analyst, under=code)
    with pytest.raises(TreeTooDeep):
        make_code("Fire", by=desk.analyst, under=code)
    with pytest.raises(NothingSaid):
        make_code("  ", by=desk.analyst)
    with pytest.raises(IntegrityError), transaction.atomic():
        Code.objects.create(name="Et")


def test_what_is_not_used_says_why_and_is_taken_up_by_being_used(desk: Desk) -> None:
    version = desk.voice()
    set_aside(version.contribution, "Den handler om en anden kommune.", viewer=desk.viewer)
    set_aside(version.contribution, "Den handler om noget andet.", viewer=desk.viewer)
    assert SetAside.objects.get().reason == "Den handler om noget andet."
    with pytest.raises(NothingSaid):
        set_aside(version.contribution, " ", viewer=desk.viewer)
    desk.behind(desk.insight(public=False), version)
    assert not SetAside.objects.exists()


def test_what_stands_behind_an_insight_is_not_said_to_be_unused(desk: Desk) -> None:
    version = desk.voice()
    desk.insight(version)
    with pytest.raises(AlreadyUsed):
        set_aside(version.contribution, "Den handler om noget andet.", viewer=desk.viewer)
    assert not SetAside.objects.exists()


# --- insights -------------------------------------------------------------------------------------


def test_insights_are_numbered_and_shown_only_with_a_voice_behind_them(desk: Desk) -> None:
    empty = desk.insight(public=False)
    assert (empty.label, empty.is_public) == ("I-01", False)
    with pytest.raises(NothingBehindIt):
        publish_insight(empty)
    desk.behind(empty, desk.voice(), Stance.COUNTERS)
    with pytest.raises(NothingBehindIt):
        publish_insight(empty)
    desk.behind(empty, desk.voice())
    assert publish_insight(empty).is_public
    assert desk.insight(public=False).label == "I-02"


def test_a_voice_counts_once_whatever_is_said_of_it(desk: Desk) -> None:
    insight, version = desk.insight(public=False), desk.voice()
    desk.behind(insight, version)
    desk.behind(insight, version, Stance.COUNTERS, quote=(0, 24))
    evidence = Evidence.objects.get()
    assert (evidence.stance, evidence.quote_start) == (Stance.COUNTERS, 0)


def test_the_last_voice_of_a_public_insight_stays(desk: Desk) -> None:
    insight = desk.insight(desk.voice())
    with pytest.raises(NothingBehindIt):
        drop_voice(Evidence.objects.get())
    desk.behind(insight, desk.voice())
    drop_voice(Evidence.objects.order_by("pk")[0])
    assert insight.evidence.count() == 1


def test_an_insight_that_is_rested_on_stays_public(desk: Desk) -> None:
    insight = desk.insight(desk.voice())
    with pytest.raises(RestsOnIt):
        take_down_insight(insight, is_rested_on=True)
    take_down_insight(insight, is_rested_on=False)
    assert not Insight.objects.public().exists()


def test_an_empty_sentence_is_no_insight(desk: Desk) -> None:
    said = Said(statement=" ", theme=Theme.objects.get(number=2))
    with pytest.raises(NothingSaid):
        make_insight(said, by=desk.analyst)
    insight = desk.insight(public=False)
    with pytest.raises(NothingSaid):
        change_insight(insight, said)
    insight.refresh_from_db()
    assert insight.statement == SAYING


# --- quotes ---------------------------------------------------------------------------------------


def quoted(insight: Insight) -> list[str]:
    return list(access.quotes(insight.evidence.all()).values_list("quote", flat=True))


def test_a_quote_is_cut_from_the_words_its_author_allows_to_be_quoted(desk: Desk) -> None:
    version = desk.voice("Æ, ø og å 🌻 kom først. " + WORDS)
    start = "Æ, ø og å 🌻 kom først. ".index("ø")
    insight = desk.insight(version)
    desk.behind(insight, version, quote=(start, start + 20))
    assert quoted(insight) == [(version.text or "")[start : start + 20]]


def test_without_a_yes_to_quoting_nothing_is_quoted(desk: Desk) -> None:
    version = desk.voice(scopes={Scope.SHOW, Scope.ANALYSE})
    insight = desk.insight(desk.voice())
    with pytest.raises(QuoteNotAllowed):
        desk.behind(insight, version, quote=(0, 10))
    kept = desk.voice(kept=True)
    with pytest.raises(QuoteNotAllowed):
        desk.behind(insight, kept, quote=(0, 10))
    # Written past the operation: the query that renders it refuses as well.
    Evidence.objects.create(
        insight=insight,
        contribution=version.contribution,
        version=version,
        stance=Stance.SUPPORTS,
        quote_start=0,
        quote_end=10,
    )
    assert quoted(insight) == []


@pytest.mark.parametrize("what", ["no to quoting", "withdraw", "hide", "no to showing"])
def test_a_quote_is_gone_with_the_yes_it_stood_on(desk: Desk, what: str) -> None:
    version = desk.voice()
    insight = desk.insight(desk.voice(), version)
    desk.behind(insight, version, quote=(0, 24))
    assert quoted(insight)
    before = versions(f"insight:{insight.number}")
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
    assert quoted(insight) == []
    assert versions(f"insight:{insight.number}") != before
    if what == "hide":
        moderation.restore(again(version.contribution), by=desk.cast.second_host)
        assert quoted(insight)


def test_a_quote_is_short_and_lies_in_the_text(desk: Desk) -> None:
    version = desk.voice("ord " * 300)
    insight = desk.insight(version)
    with pytest.raises(QuoteTooLong):
        desk.behind(insight, version, quote=(0, 401))
    with pytest.raises(PlaceOutsideTheText):
        desk.behind(insight, version, quote=(1190, 1300))
    with pytest.raises(IntegrityError), transaction.atomic():
        Evidence.objects.update(quote_start=0, quote_end=500)


def test_the_database_keeps_a_voice_to_a_wording_of_its_own(desk: Desk) -> None:
    one, another = desk.voice(), desk.voice()
    insight = desk.insight(one, public=False)
    with pytest.raises(IntegrityError), transaction.atomic():
        Evidence.objects.update(version=another)
    with pytest.raises(IntegrityError), transaction.atomic():
        Evidence.objects.create(
            insight=insight,
            contribution=another.contribution,
            version=one,
            stance=Stance.SUPPORTS,
        )
    assert access.counted(insight.evidence.all()).count() == 1


# --- what counts ----------------------------------------------------------------------------------


def test_a_voice_taken_back_leaves_a_gap_and_no_count_is_wrong(desk: Desk) -> None:
    voices = [desk.voice() for _ in range(3)]
    insight = desk.insight(*voices)
    assert access.counted(insight.evidence.all()).count() == 3
    moderation.withdraw(voices[0].contribution)
    moderation.revoke_consent(voices[1].contribution, Scope.ANALYSE)
    assert access.counted(insight.evidence.all()).count() == 1
    assert access.gone(insight.evidence.all()).count() == 2
    moderation.erase(voices[0].contribution)
    assert access.gone(insight.evidence.all()).count() == 2
    moderation.hide(
        voices[2].contribution, by=desk.cast.host, reason=Reason.HATE, message="Vi ser på den."
    )
    assert access.counted(insight.evidence.all()).count() == 0
    assert access.gone(insight.evidence.all()).count() == 2
    moderation.restore(again(voices[2].contribution), by=desk.cast.second_host)
    assert access.counted(insight.evidence.all()).count() == 1


# --- words of one's own ---------------------------------------------------------------------------

EIGHT = "ventede i ni uger, og der kom ikke"


def test_staff_do_not_copy_eight_words_that_nobody_allowed_to_be_quoted(desk: Desk) -> None:
    version = desk.voice(scopes={Scope.SHOW, Scope.ANALYSE})
    for text in (f"Mange {EIGHT} svar.", f"Mange {EIGHT.upper()} – svar."):
        with pytest.raises(CopiedWords) as refused:
            desk.insight(statement=text, public=False)
        assert refused.value.public_ids == [version.contribution.public_id]
        assert refused.value.passages
    seven = " ".join(EIGHT.split()[:7])
    assert desk.insight(statement=f"Mange {seven} svar.", public=False)


def test_the_strategys_own_words_may_be_used(desk: Desk) -> None:
    passage = max(Passage.objects.in_force(), key=lambda row: len(row.text))
    desk.voice(f"Der står: {passage.text}", scopes={Scope.SHOW, Scope.ANALYSE})
    assert desk.insight(statement=passage.text[:300], public=False)


def test_not_even_words_that_may_be_quoted_are_copied(desk: Desk) -> None:
    """A quote is a place in the author's text and goes with it; a copy would stay."""
    desk.voice()
    with pytest.raises(CopiedWords):
        desk.insight(statement=f"Mange {EIGHT} svar.", public=False)


@pytest.mark.parametrize(
    "way_round",
    [
        "ventede i ni uger\u00ad, og der kom ikke",
        "ventede i ni\u200b uger, og der kom ikke",
        "ventede-i-ni-uger-og-der-kom-ikke",
        "»ventede« i ni uger … og der — kom ikke",
    ],
)
def test_hidden_signs_and_dashes_are_no_way_round(desk: Desk, way_round: str) -> None:
    desk.voice()
    with pytest.raises(CopiedWords):
        desk.insight(statement=f"Mange {way_round} svar.", public=False)


def test_letters_that_a_keyboard_lacks_are_no_way_round(desk: Desk) -> None:
    desk.voice("Så gik jeg ud på gaden, og ingen så mig gå hjem.")
    with pytest.raises(CopiedWords) as refused:
        desk.insight(statement="Saa gik jeg ud paa gaden og ingen saa mig.", public=False)
    assert refused.value.passages[0].startswith("Saa gik jeg ud paa gaden")


def test_headings_are_somebodys_words_too(desk: Desk) -> None:
    desk.voice(title="Den dag jeg stod udenfor og ventede på dem")
    with pytest.raises(CopiedWords):
        desk.insight(statement="Den dag jeg stod udenfor og ventede på svar.", public=False)


def test_words_taken_back_are_not_copied_either(desk: Desk) -> None:
    version = desk.voice()
    moderation.withdraw(version.contribution)
    with pytest.raises(CopiedWords):
        desk.insight(statement=f"Mange {EIGHT} svar.", public=False)
    moderation.erase(version.contribution)
    assert TextVersion.objects.get(pk=version.pk).text is None
    assert desk.insight(statement=f"Mange {EIGHT} svar.", public=False)
