"""Marking places, setting aside and putting behind an insight; each refusal in a plain sentence."""

import pytest
from django.test import Client

from cocreate.contributions.models import Scope
from cocreate.insights.models import Code, Evidence, Excerpt, SetAside
from cocreate.insights.operations import make_code
from cocreate.moderation import operations as moderation
from tests.insights.conftest import WORDS, Desk
from tests.insights.pages.acts import act, address, mark, put_behind, read
from tests.moderation.pages.acts import says

pytestmark = pytest.mark.django_db

SUNNY = "Æ 🌻 først. Så kom regnen. Til sidst sov vi."
FIRST = WORDS.index("Så")


def marked(version: object) -> list[tuple[int, int, str]]:
    rows = Excerpt.objects.filter(version=version).order_by("pk")
    return list(rows.values_list("start", "end", "code__name"))


# --- marking --------------------------------------------------------------------------------------


def test_sentences_are_marked_with_a_new_code(desk: Desk, analyst: Client) -> None:
    version = desk.voice(SUNNY)
    assert mark(analyst, version, first=1, last=2).status_code == 302
    (start, end, name) = marked(version)[0]
    assert SUNNY[start:end] == "Æ 🌻 først. Så kom regnen."
    assert name == "Ventetid"
    html = read(analyst, version).content.decode()
    assert '<mark class="coded"><span data-from="0">' in html
    assert says(read(analyst, version), "marked: %(codes)s", codes="Ventetid")


def test_an_exact_place_counts_a_flower_as_one_character(desk: Desk, analyst: Client) -> None:
    version = desk.voice(SUNNY)
    start = SUNNY.index("først")
    mark(analyst, version, start=start, end=start + 5)
    assert marked(version) == [(start, start + 5, "Ventetid")]


def test_a_code_of_the_tree_and_one_below_it(desk: Desk, analyst: Client) -> None:
    version, waiting = desk.voice(), make_code("Ventetid", by=desk.analyst)
    mark(analyst, version, code=waiting.pk, new_code="")
    mark(analyst, version, first=2, last=2, new_code="Ingen besked", under=waiting.pk)
    assert [name for _start, _end, name in marked(version)] == ["Ventetid", "Ingen besked"]
    assert Code.objects.get(name="Ingen besked").parent == waiting


def test_pressed_twice_it_is_one_mark(desk: Desk, analyst: Client) -> None:
    version = desk.voice()
    mark(analyst, version)
    mark(analyst, version)
    assert len(marked(version)) == 1
    pk = Excerpt.objects.get().pk
    for _ in range(2):
        assert analyst.post(address("analysis_unmark", version, pk)).status_code == 302
    assert not marked(version)


def test_a_mark_is_deleted_only_where_it_stands(desk: Desk, analyst: Client) -> None:
    version, other = desk.voice(), desk.voice()
    mark(analyst, version)
    analyst.post(address("analysis_unmark", other, Excerpt.objects.get().pk))
    analyst.post(address("analysis_unmark", other, 10**12))
    assert marked(version)


def test_what_is_missing_is_said_and_what_was_typed_is_kept(desk: Desk, analyst: Client) -> None:
    version, code = desk.voice(), make_code("Ventetid", by=desk.analyst)
    response = mark(analyst, version, new_code="")
    assert response.status_code == 422
    assert says(response, "Choose a code, or write a new one.")
    response = mark(analyst, version, code=code.pk, new_code="Et andet ord")
    assert response.status_code == 422
    assert says(response, "Choose a code or write a new one, not both.")
    assert 'value="Et andet ord"' in response.content.decode()
    response = mark(analyst, version, first=2, last=1)
    assert says(response, "It ends before it begins. Choose a later sentence.")
    assert not marked(version)


@pytest.mark.parametrize(
    "answers",
    [
        {"first": "x"},
        {"first": "\x00", "last": "\udcff"},
        {"first": 10**30, "last": -1},
        {"start": "9" * 5000, "end": 1},
        {"code": 10**30},
        {"code": "\x00"},
        {"under": 10**12},
        {"new_code": "x" * 81},
        {"new_code": "\u200b"},
    ],
)
def test_odd_answers_are_refused_in_words(
    desk: Desk, analyst: Client, answers: dict[str, object]
) -> None:
    version = desk.voice()
    to = address("analysis_mark", version)
    sent = {"wording": 1, "first": 1, "last": 1, "new_code": "Ventetid", **answers}
    raw = {name: str(value).encode("utf-8", "surrogateescape") for name, value in sent.items()}
    assert analyst.post(to, raw).status_code in {400, 422}
    assert not marked(version)
    assert not Code.objects.exists()


@pytest.mark.parametrize("place", [(0, 10**6), (-5, 3), (4, 4), (5, 2), (10**20, 10**21)])
def test_a_place_outside_the_text_is_refused_and_leaves_no_code(
    desk: Desk, analyst: Client, place: tuple[int, int]
) -> None:
    version = desk.voice()
    response = mark(analyst, version, start=place[0], end=place[1])
    assert response.status_code == 422
    assert says(response, "The place does not lie in the text. Choose it again.")
    assert not Code.objects.exists()


def test_a_fourth_level_and_copied_words_are_refused(desk: Desk, analyst: Client) -> None:
    version = desk.voice(scopes={Scope.SHOW, Scope.ANALYSE})
    first = make_code("Et", by=desk.analyst)
    third = make_code("Tre", by=desk.analyst, under=make_code("To", by=desk.analyst, under=first))
    response = mark(analyst, version, new_code="Fire", under=third.pk)
    # It is not offered, so that only a page of another time can send it.
    assert response.status_code == 422
    eight = "ventede i ni uger og der kom ikke"
    response = mark(analyst, version, new_code=eight)
    html = response.content.decode()
    assert response.status_code == 422
    assert f"<q>{eight}</q>" in html and f'value="{eight}"' in html
    assert address("analysis_read", version) in html.partition("<q>")[2].partition("</div>")[0]


def test_copied_words_lead_nowhere_the_analyst_may_not_read(desk: Desk, analyst: Client) -> None:
    desk.voice(scopes={Scope.SHOW})
    version = desk.voice("En helt anden sag om noget andet.")
    response = mark(analyst, version, new_code="ventede i ni uger og der kom ikke")
    notice = response.content.decode().partition("data-errors")[2].partition("</div>")[0]
    assert "<q>" in notice and "href" not in notice


@pytest.mark.parametrize("name", ["analysis_mark", "analysis_set_aside", "analysis_behind"])
def test_taken_back_between_reading_and_sending(desk: Desk, analyst: Client, name: str) -> None:
    version, insight = desk.voice(), desk.insight(public=False)
    page = read(analyst, version)
    moderation.withdraw(version.contribution)
    answers = {"first": 1, "last": 1, "new_code": "Mit nye ord", "reason": "Min begrundelse"}
    response = analyst.post(
        address(name, version), {**answers, "insight": insight.number, "stance": "supports"}
    )
    html = response.content.decode()
    assert page.status_code == 200 and response.status_code == 409
    assert "Mit nye ord" in html and "Min begrundelse" in html
    assert WORDS[:20] not in html
    assert not (Excerpt.objects.exists() or SetAside.objects.exists() or Evidence.objects.exists())
    unknown = analyst.post(f"/analyse/{'x' * 24}/maerk/", answers)
    assert unknown.status_code == 409


def test_other_words_than_those_read_are_not_marked(desk: Desk, analyst: Client) -> None:
    version = desk.voice()
    response = mark(analyst, version, wording=7)
    assert response.status_code == 409
    assert not marked(version)


def test_reading_alone_does_nothing(desk: Desk, analyst: Client) -> None:
    version = desk.voice()
    for name in ("mark", "set_aside", "take_up", "behind"):
        response = analyst.get(address(f"analysis_{name}", version))
        assert response["Location"] == address("analysis_read", version)


# --- read, not used -------------------------------------------------------------------------------


def test_set_aside_with_a_reason_and_taken_up_again(desk: Desk, analyst: Client) -> None:
    version = desk.voice()
    empty = act(analyst, "analysis_set_aside", version, reason=" ")
    assert empty.status_code == 422
    assert says(empty, "Write to the author why it is not used.")
    act(analyst, "analysis_set_aside", version, reason="Den handler om en anden kommune.")
    assert "Den handler om en anden kommune." in read(analyst, version).content.decode()
    for _ in range(2):
        assert analyst.post(address("analysis_take_up", version)).status_code == 302
    assert not SetAside.objects.exists()


def test_a_reason_that_is_too_long_or_copied_is_kept_on_the_page(
    desk: Desk, analyst: Client
) -> None:
    version = desk.voice(scopes={Scope.SHOW, Scope.ANALYSE})
    long = act(analyst, "analysis_set_aside", version, reason="ord " * 80)
    assert long.status_code == 422 and "ord ord" in long.content.decode()
    copied = act(analyst, "analysis_set_aside", version, reason=WORDS)
    assert copied.status_code == 422
    assert not SetAside.objects.exists()


# --- behind an insight ----------------------------------------------------------------------------


def test_a_voice_is_put_behind_an_insight_with_a_quote(desk: Desk, analyst: Client) -> None:
    version, insight = desk.voice(), desk.insight(desk.voice())
    quote = {"with_quote": "on", "first": 2, "last": 2}
    assert put_behind(analyst, version, insight.number, **quote).status_code == 302
    evidence = Evidence.objects.get(contribution=version.contribution)
    assert WORDS[evidence.quote_start : evidence.quote_end] == WORDS[FIRST:]
    put_behind(analyst, version, insight.number, stance="counters")
    evidence.refresh_from_db()
    assert (evidence.stance, evidence.quote_start) == ("counters", None)


def test_a_quote_is_offered_only_where_it_may_be(desk: Desk, analyst: Client) -> None:
    insight = desk.insight(public=False)
    for version in (desk.voice(kept=True), desk.voice(scopes={Scope.SHOW, Scope.ANALYSE})):
        assert 'name="with_quote"' not in read(analyst, version).content.decode()
        sent = {"insight": insight.number, "stance": "supports", "with_quote": "on"}
        sent |= {"wording": 1, "first": 1, "last": 1}
        response = analyst.post(address("analysis_behind", version), sent)
        assert response.status_code == 422
        cannot = "It cannot be quoted: its author has not said yes to that, or it is not shown."
        assert says(response, cannot)
    assert 'name="with_quote"' in read(analyst, desk.voice()).content.decode()
    assert not Evidence.objects.exists()


def test_a_quote_that_is_too_long_or_nowhere_is_refused(desk: Desk, analyst: Client) -> None:
    version, insight = desk.voice("ord " * 300), desk.insight(public=False)
    quote = {"with_quote": "on", "start": 0, "end": 401, "first": 1, "last": 1}
    response = put_behind(analyst, version, insight.number, **quote)
    too_long = "The quote is too long. Choose a place of at most %(limit)d characters."
    assert response.status_code == 422 and says(response, too_long, limit=400)
    assert put_behind(analyst, version, insight.number, with_quote="on").status_code == 422


@pytest.mark.parametrize(
    "answers", [{"insight": 99}, {"insight": 10**30}, {"insight": ""}, {"stance": "maybe"}]
)
def test_an_insight_or_a_stance_that_is_none_is_refused(
    desk: Desk, analyst: Client, answers: dict[str, object]
) -> None:
    version, insight = desk.voice(), desk.insight(public=False)
    sent = {"insight": insight.number, **answers}
    number = sent.pop("insight")
    assert put_behind(analyst, version, number, **sent).status_code == 422  # type: ignore[arg-type]
    assert not Evidence.objects.exists()


def test_a_wrong_token_is_shown_in_words(desk: Desk) -> None:
    version = desk.voice()
    client = desk.cast.client("analyst", enforce_csrf_checks=True)
    response = client.post(address("analysis_mark", version), {"new_code": "Ventetid"})
    assert response.status_code == 403
    assert not marked(version)
