"""The analysts' desk: every refusal is a sentence, and nothing typed is lost."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cocreate.moderation import operations as moderation
from cocreate.revisions.models import (
    Amendment,
    AmendmentVersion,
    Change,
    CouncilDecision,
    Outcome,
    Process,
    Step,
)
from cocreate.revisions.putting_forward import Wanted, change_amendment, close_process, open_process
from cocreate.themes.models import Edition, Passage
from tests.moderation.pages.acts import says
from tests.revisions.conftest import NEW_WORDS, REASON, WHY, Council, passage, process, vision
from tests.revisions.pages.acts import shown_proposal, text_of
from tests.stories.pages import filled

pytestmark = pytest.mark.django_db

DESK, NEW = "/analyse/forslag/", "/analyse/forslag/nyt/"
PROCESSES = "/analyse/processer/"


@pytest.fixture
def analyst(council: Council) -> Client:
    return council.cast.client("analyst")


def desk_of(amendment: Amendment) -> str:
    return f"{DESK}{amendment.number}/"


def words(council: Council, **answers: Any) -> dict[str, Any]:
    """What a whole form for an amendment says."""
    return {
        "process": council.process.pk,
        "change": "change",
        "passages": [passage().pk],
        "text": NEW_WORDS,
        "rationale": WHY,
        "administration": "Forvaltningen vil have det.",
        "kind": "guideline",
    } | answers


def minuted(**answers: Any) -> dict[str, Any]:
    given = {
        "step": Step.DECIDED,
        "outcome": Outcome.ADOPTED,
        "body": "Byrådet",
        "on": timezone.localdate().isoformat(),
        "reason": REASON,
    } | answers
    return {"do": "decide"} | {f"decision-{name}": value for name, value in given.items()}


def asked(client: Client, where: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(where).status_code == 200
    return len(queries)


# --- who ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["stranger", "citizen", "host", "politician", "editor"])
def test_only_analysts_come_to_the_desk(council: Council, name: str) -> None:
    amendment, client = council.wants(public=False), council.cast.client(name)
    slug = council.process.slug
    for where in (DESK, NEW, desk_of(amendment), PROCESSES, f"{PROCESSES}ny/",
                  f"{PROCESSES}{slug}/", f"{PROCESSES}{slug}/vedtag/"):  # fmt: skip
        for answer in (client.get(where), client.post(where, {"do": "put_forward"})):
            assert answer.status_code in {302, 403}
    amendment.refresh_from_db()
    assert not amendment.is_public


def test_what_is_not_there_is_the_same_nothing(analyst: Client) -> None:
    for where in (f"{DESK}77/", f"{DESK}{'9' * 30}/", f"{PROCESSES}aldrig/"):
        assert analyst.get(where).status_code == 404


# --- amendments -----------------------------------------------------------------------------------


def test_an_analyst_drafts_an_amendment_and_puts_it_forward(
    analyst: Client, council: Council, client: Client
) -> None:
    insight = council.insight(council.voice())
    answer = analyst.post(NEW, words(council, insights=[insight.pk], administration=""))
    amendment = Amendment.objects.get()
    assert answer["Location"] == desk_of(amendment)
    assert (amendment.process, amendment.made_by) == (council.process, council.analyst)
    assert list(amendment.insights.all()) == [insight]
    assert client.get(amendment.get_absolute_url()).status_code == 404
    analyst.post(desk_of(amendment), {"do": "put_forward"})
    assert client.get(amendment.get_absolute_url()).status_code == 200


def test_two_presses_make_one_draft(analyst: Client, council: Council) -> None:
    first, second = analyst.post(NEW, words(council)), analyst.post(NEW, words(council))
    assert first["Location"] == second["Location"]
    assert (Amendment.objects.count(), AmendmentVersion.objects.count()) == (1, 1)


@pytest.mark.parametrize(
    ("answers", "sentence"),
    [
        ({"text": ""}, "The new words are missing."),
        ({"text": "same"}, "The new words are the same as those in force."),
        ({"passages": []}, "The passages do not fit what it does."),
        ({"change": "merge"}, "The passages do not fit what it does."),
        ({"change": "new", "theme": ""}, "The passages do not fit what it does."),
        ({"rationale": " "}, "Write why. Nothing is put forward without a reason."),
        ({"change": "x"}, "Choose what it does."),
        ({"keeps": "other"}, "Choose one of the passages that you have ticked."),
        ({"insights": ["77"]}, "Choose among the insights that everybody can read."),
    ],
)
def test_what_does_not_fit_is_said_and_everything_typed_is_kept(
    analyst: Client, council: Council, answers: dict[str, Any], sentence: str
) -> None:
    if answers.get("text") == "same":
        answers = {"text": passage().text}
    if answers.get("keeps"):
        answers = {"keeps": passage("1.1").pk}
    answer = analyst.post(NEW, words(council, **answers))
    assert answer.status_code == 422
    assert sentence_on(answer, sentence)
    kept = filled(answer, NEW)
    expected = words(council, **answers)
    assert kept["administration"] == [expected["administration"]]
    assert kept["text"] == [expected["text"]]
    assert not Amendment.objects.exists()


def sentence_on(page: HttpResponse, sentence: str) -> bool:
    """Whole, or the first of several sentences that are one msgid."""
    whole = {
        "The passages do not fit what it does.": (
            "The passages do not fit what it does. Choose one to change or leave out, two or more "
            "guidelines to put together, and none for something new. Of a preface, a signature, a "
            "vision, a challenge and a lead-in there can be only one."
        )
    }
    return says(page, whole.get(sentence, sentence))


def test_a_passage_from_another_edition_is_said_to_be_gone(
    analyst: Client, council: Council
) -> None:
    form = words(council)
    council.decides(council.wants())
    council.adopts()
    answer = analyst.post(NEW, form)
    assert answer.status_code == 409
    assert says(
        answer,
        "One of the passages does not stand in the strategy any more. Look at the list, and choose "
        "again.",
    )
    assert filled(answer, NEW)["text"] == [NEW_WORDS]
    assert Amendment.objects.count() == 1


@pytest.mark.parametrize("value", ["0", "-1", "9" * 400, "\x00", "x", "é" * 99])
@pytest.mark.parametrize("name", ["process", "passages", "keeps", "kind", "theme", "insights"])
def test_nonsense_in_one_field_is_answered(
    analyst: Client, council: Council, name: str, value: str
) -> None:
    answer = analyst.post(NEW, words(council, **{name: [value]}))
    assert answer.status_code in {409, 422}
    assert not Amendment.objects.exists()


def test_somebodys_words_are_not_copied(analyst: Client, council: Council) -> None:
    council.voice("En to tre fire fem seks syv otte ni.", scopes={"show", "analyse"})
    answer = analyst.post(
        NEW, words(council, rationale="De skrev en to tre fire fem seks syv otte.")
    )
    assert answer.status_code == 422
    assert "en to tre fire fem seks syv otte" in text_of(answer)
    assert not Amendment.objects.exists()


def test_what_is_put_together_keeps_the_one_that_was_chosen(
    analyst: Client, council: Council
) -> None:
    pks = [passage(code).pk for code in ("3.1", "3.2", "3.5")]
    analyst.post(NEW, words(council, change="merge", passages=pks, keeps=pks[1]))
    targets = Amendment.objects.get().targets.order_by("order")
    assert list(targets.values_list("passage", flat=True)) == [pks[1], pks[0], pks[2]]


def test_something_new_stands_under_a_theme(analyst: Client, council: Council) -> None:
    theme = vision(4).theme
    assert theme is not None
    analyst.post(NEW, words(council, change="new", passages=[], theme=theme.pk))
    assert Amendment.objects.get().theme == theme


def test_it_needs_something_to_rest_on_before_it_is_put_forward(
    analyst: Client, council: Council
) -> None:
    analyst.post(NEW, words(council, administration=""))
    amendment = Amendment.objects.get()
    answer = analyst.post(desk_of(amendment), {"do": "put_forward"})
    assert answer.status_code == 422
    sentence = (
        "It rests on nothing yet. Choose an insight that everybody can read, or write why the "
        "administration itself wants it."
    )
    assert says(answer, sentence)
    amendment.refresh_from_db()
    assert not amendment.is_public


def test_nothing_is_put_forward_in_a_process_that_is_closed(
    analyst: Client, council: Council
) -> None:
    amendment = council.wants(public=False)
    close_process(council.process)
    answer = analyst.post(desk_of(amendment), {"do": "put_forward"})
    assert answer.status_code == 422
    assert says(
        answer, "The process is not open, so nothing can be put forward in it. Open it first."
    )


def version_form(client: Client, amendment: Amendment, **answers: Any) -> dict[str, Any]:
    where = desk_of(amendment)
    form = {name: value for name, value in filled(client.get(where), where).items()
            if not name.startswith(("decision-", "now"))}  # fmt: skip
    return {**form, "do": "version", **answers}


def test_a_new_version_is_written_over_nobodys(analyst: Client, council: Council) -> None:
    amendment = council.wants()
    form = version_form(analyst, amendment, text="Mine ord.")
    other = Wanted(
        Change.CHANGE, WHY, text="En kollegas.", passages=[passage()], administration="Vi."
    )
    change_amendment(amendment, other, by=council.cast.staff, base=1)
    answer = analyst.post(desk_of(amendment), form)
    assert answer.status_code == 409
    assert "En kollegas." in text_of(answer)
    assert amendment.versions.count() == 2
    again = {**filled(answer, desk_of(amendment)), "do": "version"}
    assert again["text"] == ["Mine ord."]
    assert analyst.post(desk_of(amendment), again).status_code == 302
    assert amendment.versions.order_by("-number").values_list("text", flat=True)[0] == "Mine ord."


def test_two_presses_write_one_version(analyst: Client, council: Council) -> None:
    amendment = council.wants()
    form = version_form(analyst, amendment, text="Nye ord.")
    for _ in range(2):
        assert analyst.post(desk_of(amendment), form).status_code == 302
    assert amendment.versions.count() == 2


def test_a_decided_amendment_has_no_new_versions(analyst: Client, council: Council) -> None:
    amendment = council.wants()
    form = version_form(analyst, amendment, text="For sent.")
    council.decides(amendment, Outcome.REJECTED)
    answer = analyst.post(desk_of(amendment), form)
    assert answer.status_code == 409
    assert says(answer, "It has been decided already. What was decided stands.")


def test_a_proposal_is_rewritten_by_nobody(analyst: Client, council: Council) -> None:
    amendment = shown_proposal(council)
    page = analyst.get(desk_of(amendment))
    assert says(page, "Write down a decision") and not says(page, "Write a new version")
    assert analyst.post(desk_of(amendment), {"do": "version", "text": "x"}).status_code == 409


def test_words_that_changed_meanwhile_are_shown_then_and_now(
    analyst: Client, council: Council
) -> None:
    late, first = council.wants(), council.wants(text="Det der kom først.")
    council.decides(late, Outcome.POSTPONED)
    council.decides(first)
    council.adopts()
    refused = analyst.post(desk_of(late), minuted())
    assert refused.status_code == 409
    assert "Det der kom først." in text_of(refused)
    form = filled(analyst.get(desk_of(late)), desk_of(late))
    stale = {"do": "look_again", "now": "1"}
    assert analyst.post(desk_of(late), stale).status_code == 409
    seen = {"do": "look_again", "now": form["now"]}
    assert analyst.post(desk_of(late), seen).status_code == 302
    assert late.targets.get().passage == passage()
    assert analyst.post(desk_of(late), minuted()).status_code == 302


@pytest.mark.parametrize("do", ["", "x", "\x00", "delete"])
def test_an_act_that_does_not_exist_changes_nothing(
    analyst: Client, council: Council, do: str
) -> None:
    amendment = council.wants(public=False)
    assert analyst.post(desk_of(amendment), {"do": do}).status_code == 422
    amendment.refresh_from_db()
    assert not amendment.is_public


def test_the_list_goes_on_and_asks_the_same(analyst: Client, council: Council) -> None:
    council.decides(council.wants(), Outcome.REJECTED)
    few = asked(analyst, DESK)
    for number in range(21):
        council.wants(Change.NEW, text=f"Ny {number}.", public=False)
    shown_proposal(council, about=passage("1.1"))
    assert asked(analyst, DESK) <= few
    page = analyst.get(DESK)
    assert "?efter=4" in text_of(page)
    assert "Æ-01" in text_of(analyst.get(f"{DESK}?efter=4"))
    for nonsense in ("x", "9" * 30, "²", "-1"):
        assert analyst.get(DESK, {"efter": nonsense}).status_code == 200


# --- decisions ------------------------------------------------------------------------------------


def test_a_decision_is_written_down_once(analyst: Client, council: Council) -> None:
    amendment = council.wants()
    recommended = minuted(step=Step.RECOMMENDED, body="Socialudvalget")
    for form in (recommended, recommended, minuted(), minuted()):
        assert analyst.post(desk_of(amendment), form).status_code == 302
    assert list(CouncilDecision.objects.order_by("pk").values_list("step", "recorded_by")) == [
        (Step.RECOMMENDED, council.analyst.pk),
        (Step.DECIDED, council.analyst.pk),
    ]


@pytest.mark.parametrize(
    ("answers", "status", "sentence"),
    [
        ({"reason": " "}, 422, "Write the reason. Nothing is decided without one."),
        ({"body": ""}, 422, "Write who decided."),
        ({"on": "i går"}, 422, "Write a date, such as 2027-06-30."),
        ({"outcome": "x"}, 422, "Choose from the list"),
        ({"minutes_url": "javascript:alert(1)"}, 422,
         "Write an address such as https://example.com/minutes."),
        ({"days": -1}, 422, "It was not put forward at the time of the meeting, so nobody could "
         "read it. Look at the date."),
        ({"days": 1}, 422,
         "The meeting lies in the future. Write down the decision when it is made."),
        ({"final_text": "Andre ord."}, 422, "Final words belong only to what is adopted with a "
         "change. Choose that, or take them out."),
        ({"outcome": "adopted_changed"}, 422,
         "Write the final words: those that are to stand in the strategy."),
    ],
)  # fmt: skip
def test_what_is_missing_in_a_decision_is_said_and_the_rest_kept(
    analyst: Client, council: Council, answers: dict[str, Any], status: int, sentence: str
) -> None:
    amendment = council.wants()
    if days := answers.pop("days", 0):
        answers["on"] = (timezone.localdate() + timedelta(days=days)).isoformat()
        answers["body"] = "Et udvalg"
    answer = analyst.post(desk_of(amendment), minuted(**answers))
    assert answer.status_code == status
    assert says(answer, sentence)
    kept = filled(answer, desk_of(amendment))
    assert kept["decision-body"] == [answers.get("body", "Byrådet")]
    assert not CouncilDecision.objects.exists()


def test_who_comes_second_is_told_that_it_is_decided(analyst: Client, council: Council) -> None:
    amendment = council.wants()
    council.decides(amendment, Outcome.REJECTED)
    answer = analyst.post(desk_of(amendment), minuted(reason="En anden grund."))
    assert answer.status_code == 409
    assert says(answer, "It has been decided already. What was decided stands.")


def test_a_proposal_that_was_taken_back_is_not_decided_on(
    analyst: Client, council: Council
) -> None:
    amendment = shown_proposal(council)
    assert amendment.proposal is not None
    moderation.withdraw(amendment.proposal.contribution_ptr)
    answer = analyst.post(desk_of(amendment), minuted())
    assert answer.status_code == 409
    assert says(answer, "The proposal is not shown any more, so there is nothing to decide on.")


def test_a_proposal_without_words_gets_final_ones(analyst: Client, council: Council) -> None:
    amendment = shown_proposal(council, "")
    assert analyst.post(desk_of(amendment), minuted()).status_code == 422
    changed = minuted(outcome=Outcome.ADOPTED_CHANGED, final_text="Man får svar om torsdagen.")
    assert analyst.post(desk_of(amendment), changed).status_code == 302


def test_only_one_of_two_can_take_the_same_passage(analyst: Client, council: Council) -> None:
    council.decides(council.wants(text="Det ene."))
    answer = analyst.post(desk_of(council.wants(text="Det andet.")), minuted())
    assert answer.status_code == 409
    sentence = (
        "%(label)s is adopted and wants the same place in the next edition. Only one of them can "
        "come into it."
    )
    assert says(answer, sentence, label="Æ-01")


def test_what_is_decided_can_be_taken_up_again_before_it_stands_in_an_edition(
    analyst: Client, client: Client, council: Council
) -> None:
    amendment = council.wants()
    analyst.post(desk_of(amendment), minuted())
    back = minuted(outcome=Outcome.SENT_BACK, reason="Vi ser på det igen.")
    assert analyst.post(desk_of(amendment), back).status_code == 302
    page = client.get(amendment.get_absolute_url())
    assert says(page, "The council has taken it up again since.")
    assert analyst.post(desk_of(amendment), minuted(reason="Nu er vi enige.")).status_code == 302
    council.adopts()
    assert not says(analyst.get(desk_of(amendment)), "Write down a decision")


# --- processes ------------------------------------------------------------------------------------


def process_form(**answers: Any) -> dict[str, Any]:
    return {
        "title": "Udgave 3",
        "slug": "udgave-3",
        "can_change": "Alt.",
        "frame": "Loven.",
        "promise": "Alle får svar.",
        "responder": "Jonas Testvig, konsulent",
        "answer_due": "2030-06-30",
    } | answers


def test_a_process_is_made_and_opened(analyst: Client, client: Client, council: Council) -> None:
    assert analyst.post(f"{PROCESSES}ny/", process_form()).status_code == 302
    assert client.get("/hvad-sker-der/udgave-3/").status_code == 404
    address = f"{PROCESSES}udgave-3/"
    assert analyst.post(address, process_form(do="open")).status_code == 302
    assert "Alle får svar." in text_of(client.get("/hvad-sker-der/udgave-3/"))


@pytest.mark.parametrize("name", ["frame", "promise", "responder", "answer_due"])
def test_a_process_opens_with_its_whole_promise_or_not_at_all(
    analyst: Client, council: Council, name: str
) -> None:
    analyst.post(f"{PROCESSES}ny/", process_form())
    answer = analyst.post(
        f"{PROCESSES}udgave-3/", process_form(do="open", title="Nyt navn", **{name: ""})
    )
    assert answer.status_code == 422
    assert f'href="#id_{name}"' in text_of(answer)
    assert filled(answer, f"{PROCESSES}udgave-3/")["title"] == ["Nyt navn"]
    stored = Process.objects.get(slug="udgave-3")
    assert (stored.title, stored.opened_at) == ("Udgave 3", None)


def test_what_people_have_read_is_mended_and_never_emptied(
    analyst: Client, client: Client, council: Council
) -> None:
    address = f"{PROCESSES}{council.process.slug}/"
    assert council.process.promise in text_of(client.get(council.process.get_absolute_url()))
    for name in ("frame", "promise", "responder", "answer_due"):
        assert analyst.post(address, process_form(**{name: " "})).status_code == 422
    mended = process_form(promise="Alle får et godt svar.", slug="en-anden")
    assert analyst.post(address, mended).status_code == 302
    council.process.refresh_from_db()
    assert council.process.slug == "udgave-2"
    page = client.get(council.process.get_absolute_url())
    assert "Alle får et godt svar." in text_of(page)


def test_a_process_is_closed_once(analyst: Client, council: Council) -> None:
    address = f"{PROCESSES}{council.process.slug}/"
    closed = []
    for _ in range(2):
        assert analyst.post(address, {"do": "close"}).status_code == 302
        council.process.refresh_from_db()
        closed.append(council.process.closed_at)
    assert closed[0] == closed[1] is not None


@pytest.mark.parametrize(
    "answers",
    [{"slug": "ny"}, {"slug": "udgave-2"}, {"slug": "Ø"}, {"slug": ""}, {"title": ""},
     {"title": "\x00"}, {"answer_due": "9" * 40}, {"title": "a" * 300}, {"slug": "a" * 300}],
)  # fmt: skip
def test_a_process_that_cannot_be_saved_keeps_what_was_typed(
    analyst: Client, council: Council, answers: dict[str, Any]
) -> None:
    answer = analyst.post(f"{PROCESSES}ny/", process_form(**answers))
    assert answer.status_code == 422
    assert filled(answer, f"{PROCESSES}ny/")["promise"] == ["Alle får svar."]
    assert Process.objects.count() == 1


def test_there_is_one_standing_process(analyst: Client, council: Council) -> None:
    open_process(process(slug="loebende", standing=True))
    answer = analyst.post(f"{PROCESSES}ny/", process_form(standing="on"))
    assert answer.status_code == 422
    assert says(answer, "There is a standing process already. Close it first.")


# --- adopting -------------------------------------------------------------------------------------


def adopt_at(council: Council) -> str:
    return f"{PROCESSES}{council.process.slug}/vedtag/"


def adopt(client: Client, council: Council, **answers: Any) -> HttpResponse:
    where = adopt_at(council)
    given = {"title": "Udgave 2", "on": timezone.localdate().isoformat(), "by": "Byrådet"}
    return client.post(where, filled(client.get(where), where, **(given | answers)))


def test_an_edition_is_adopted_once_and_shown(analyst: Client, council: Council) -> None:
    council.decides(council.wants())
    council.decides(council.wants(Change.NEW, text="Noget helt nyt."))
    council.decides(shown_proposal(council, "Et ord fra en borger.", about=passage("1.1")))
    page = analyst.get(adopt_at(council))
    for here in ("Æ-01", "Æ-02", "Æ-03", "Noget helt nyt.", "<ins>"):
        assert here in text_of(page)
    given = {"title": "Udgave 2", "on": timezone.localdate().isoformat(), "by": "Byrådet"}
    form = filled(page, adopt_at(council), **given)
    first = analyst.post(adopt_at(council), form)
    assert (first.status_code, first["Location"]) == (302, "/strategien/2/")
    second = analyst.post(adopt_at(council), form)
    assert second.status_code == 409
    assert says(second, "No adopted amendment waits for an edition.")
    assert Edition.objects.count() == 2
    assert (passage().text, passage("1.1").text) == (NEW_WORDS, "Et ord fra en borger.")


def test_what_has_no_answer_yet_is_linked_to_and_nothing_adopted(
    analyst: Client, council: Council
) -> None:
    council.decides(council.wants())
    waiting = council.wants(Change.CHANGE, passage("1.1"))
    answer = adopt(analyst, council)
    assert answer.status_code == 422
    assert f'href="{desk_of(waiting)}"' in text_of(answer)
    assert filled(answer, adopt_at(council))["title"] == ["Udgave 2"]
    assert Edition.objects.count() == 1


def test_what_was_decided_after_the_page_was_opened_is_shown_first(
    analyst: Client, council: Council
) -> None:
    council.decides(council.wants())
    form = filled(analyst.get(adopt_at(council)), adopt_at(council))
    council.decides(council.wants(Change.NEW, text="Besluttet imens."))
    given = {"title": "Udgave 2", "on": timezone.localdate().isoformat(), "by": "Byrådet"}
    answer = analyst.post(adopt_at(council), form | given)
    assert answer.status_code == 409
    assert "Besluttet imens." in text_of(answer)
    assert Edition.objects.count() == 1
    assert analyst.post(adopt_at(council), filled(answer, adopt_at(council))).status_code == 302


@pytest.mark.parametrize(
    "answers",
    [
        {"title": ""},
        {"by": " "},
        {"on": ""},
        {"on": "2999-01-01"},
        {"on": "2001-01-01"},
        {"title": "\x00"},
    ],
)
def test_an_edition_says_its_name_when_and_by_whom(
    analyst: Client, council: Council, answers: dict[str, str]
) -> None:
    council.decides(council.wants())
    assert adopt(analyst, council, **answers).status_code == 422
    assert Edition.objects.count() == 1


def test_the_adoption_page_asks_the_same_however_much_there_is(
    analyst: Client, council: Council
) -> None:
    council.decides(council.wants())
    council.wants(Change.CHANGE, passage("2.1"))
    few = asked(analyst, adopt_at(council))
    for code in ("1.1", "1.2", "1.3"):
        council.decides(shown_proposal(council, f"Ord om {code}.", about=passage(code)))
        council.wants(Change.NEW, text=f"Ny {code}.")
    assert asked(analyst, adopt_at(council)) == few
    assert Passage.objects.in_force().exists()
