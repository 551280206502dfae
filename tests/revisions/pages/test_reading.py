"""Processes and amendments as everybody reads them."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cocreate.contributions.models import Contribution, Scope
from cocreate.moderation import operations as moderation
from cocreate.moderation.models import Reason
from cocreate.pagecache.models import bump
from cocreate.revisions.models import Amendment, Change, Outcome, Step
from cocreate.revisions.presenting import AMENDMENTS_A_PAGE
from cocreate.revisions.putting_forward import Wanted, change_amendment, close_process, open_process
from cocreate.themes.models import Theme
from tests.moderation.pages.acts import says
from tests.revisions.conftest import NEW_WORDS, WHY, Council, passage, process, vision
from tests.revisions.pages.acts import page_of, shown_proposal, text_of

pytestmark = pytest.mark.django_db

LIST = "/forslag/"


def voice_of(amendment: Amendment) -> Contribution:
    assert amendment.proposal is not None
    return amendment.proposal.contribution_ptr


def questions(client: Client, where: str, query: str = "?x=1") -> int:
    """What the page asks the database for, made anew: an address that is not ours is never kept."""
    with CaptureQueriesContext(connection) as asked:
        assert client.get(where + query).status_code == 200
    return len(asked)


# --- one amendment --------------------------------------------------------------------------------


def test_an_amendment_says_what_it_does_why_and_what_it_rests_on(
    client: Client, council: Council
) -> None:
    insight = council.insight(council.voice())
    page = page_of(client, council.wants(insights=(insight,)))
    text = text_of(page)
    for words in ("Æ-01", "2.3", WHY, insight.statement, insight.label):
        assert words in text
    assert "<ins>" in text
    assert says(page, "Put forward")
    assert says(page, "The administration's proposal")


def test_the_administrations_own_wish_stands_as_its_own(client: Client, council: Council) -> None:
    page = page_of(client, council.wants())
    assert "Forvaltningen vil have det." in text_of(page)
    assert says(page, "The administration's own proposal")


def test_a_whole_passage_new_or_left_out_is_said_in_words(client: Client, council: Council) -> None:
    new = page_of(client, council.wants(Change.NEW, text="Noget helt nyt."))
    assert says(new, "All of it is new:")
    assert "Noget helt nyt." in text_of(new)
    gone = page_of(client, council.wants(Change.DELETE, passage("1.2")))
    assert says(gone, "All of this is to be left out:")
    assert passage("1.2").text in text_of(gone)
    assert "<ins>" not in text_of(new) + text_of(gone)


def test_several_put_together_are_named(client: Client, council: Council) -> None:
    merged = council.wants(Change.MERGE, passage("3.1"), passage("3.2"), text="Under ét.")
    text = text_of(page_of(client, merged))
    assert "3.1" in text and "3.2" in text


def test_a_proposal_stands_with_its_words_reason_and_role(client: Client, council: Council) -> None:
    amendment = shown_proposal(council)
    page = page_of(client, amendment)
    assert NEW_WORDS.split()[0] in text_of(page)
    assert "Jeg ventede i ni uger." in text_of(page)
    assert says(page, "Proposal from a citizen")
    assert f"/forslag/{amendment.number}/sig-til/" in text_of(page)


def test_a_proposal_in_words_of_ones_own_says_so(client: Client, council: Council) -> None:
    page = page_of(client, shown_proposal(council, ""))
    assert says(page, "It proposes no words. What is to be changed is said in the reason.")


@pytest.mark.parametrize("gone", ["hidden", "withdrawn", "not to be shown"])
def test_a_proposal_that_is_gone_keeps_its_number_and_no_word(
    client: Client, council: Council, gone: str
) -> None:
    amendment = shown_proposal(council)
    assert NEW_WORDS in text_of(page_of(client, amendment))
    voice = voice_of(amendment)
    if gone == "hidden":
        moderation.hide(voice, by=council.cast.host, reason=Reason.HARM, message="Vi taler sammen.")
    elif gone == "withdrawn":
        moderation.withdraw(voice)
    else:
        moderation.revoke_consent(voice, Scope.SHOW)
    page = page_of(client, amendment)
    assert page.status_code == 200
    for words in (NEW_WORDS, "Jeg ventede i ni uger."):
        assert words not in text_of(page)
    is_back = gone == "withdrawn"
    assert says(page, "The proposal was taken back") is is_back
    assert says(page, "The proposal is not shown right now") is not is_back
    assert amendment.label in text_of(client.get(LIST))


def test_what_was_adopted_stands_when_its_author_takes_it_back(
    client: Client, council: Council
) -> None:
    amendment = shown_proposal(council)
    council.decides(amendment)
    council.adopts()
    moderation.withdraw(voice_of(amendment))
    text = text_of(page_of(client, amendment))
    assert NEW_WORDS in text
    assert "Jeg ventede i ni uger." not in text


def test_a_decision_stands_with_its_reason_and_what_was_changed(
    client: Client, council: Council
) -> None:
    amendment = council.wants()
    council.decides(amendment, step=Step.RECOMMENDED, body="Socialudvalget")
    assert says(page_of(client, amendment), "Recommended")
    minutes = "https://example.com/referat"
    council.decides(amendment, Outcome.ADOPTED_CHANGED, minutes_url=minutes)
    page = page_of(client, amendment)
    for words in ("Socialudvalget", "Byrådet", "Fristen er til at holde.", "tyve", minutes):
        assert words in text_of(page)
    assert says(page, "Adopted with a change")
    assert says(page, "This was changed in the proposal")


def test_what_was_adopted_leads_to_the_edition_and_the_words(
    client: Client, council: Council
) -> None:
    amendment = council.wants()
    council.decides(amendment)
    council.adopts()
    page = page_of(client, amendment)
    assert says(page, "Stands in edition %(number)d", number=2)
    for address in ("/strategien/2/", "/strategien/2/2.3/", "/strategien/2/mod/1/"):
        assert f'href="{address}' in text_of(page)


def test_words_in_force_that_changed_meanwhile_are_said_at_the_top(
    client: Client, council: Council
) -> None:
    late, first = council.wants(), council.wants(text="Det andet forslag.")
    council.decides(late, Outcome.POSTPONED)
    council.decides(first)
    assert not says(page_of(client, late), "The words in force have changed since this was written")
    council.adopts()
    sentence = "The words in force have changed since this was written"
    assert says(page_of(client, late), sentence)
    # What became the words in force did not change under anybody's feet.
    assert not says(page_of(client, first), sentence)


def test_earlier_versions_can_be_read(client: Client, council: Council) -> None:
    amendment = council.wants()
    wanted = Wanted(
        Change.CHANGE, "Et bedre hvorfor.", text="Andre ord.", passages=[passage()],
        administration="Vi vil.",
    )  # fmt: skip
    change_amendment(amendment, wanted, by=council.analyst, base=1)
    text = text_of(page_of(client, amendment))
    assert "Et bedre hvorfor." in text
    assert WHY in text.partition("<details")[2]


@pytest.mark.parametrize("number", ["1", "2", "0", "99999999999999999999", "9" * 400])
def test_drafts_and_numbers_nobody_gave_are_the_same_nothing(
    client: Client, council: Council, number: str
) -> None:
    council.wants(public=False)
    page = client.get(f"{LIST}{number}/")
    assert page.status_code == 404
    assert page.content == client.get("/forslag/77/").content


def test_an_amendments_page_asks_the_same_however_much_there_is(
    client: Client, council: Council
) -> None:
    insights = [council.insight(council.voice()), council.insight(council.voice())]
    small = council.wants(insights=(insights[0],))
    council.decides(small, Outcome.POSTPONED)
    asked = questions(client, small.get_absolute_url())
    large = council.wants(Change.CHANGE, passage("2.2"), insights=tuple(insights))
    for words in ("A.", "B.", "C."):
        wanted = Wanted(
            Change.CHANGE, WHY, text=words, passages=[passage("2.2")], insights=insights
        )
        change_amendment(large, wanted, by=council.analyst, base=large.versions.count())
    for outcome in (Outcome.POSTPONED, Outcome.SENT_BACK):
        council.decides(large, outcome)
    assert questions(client, large.get_absolute_url()) == asked <= 10


def test_no_page_loads_what_is_encrypted(client: Client, council: Council) -> None:
    amendment = shown_proposal(council)
    for where in (LIST, amendment.get_absolute_url(), council.process.get_absolute_url()):
        with CaptureQueriesContext(connection) as asked:
            client.get(where)
        assert asked.captured_queries
        assert not any('"alias"' in query["sql"] for query in asked)


# --- lists ----------------------------------------------------------------------------------------


def test_processes_stand_open_ones_first(client: Client, council: Council) -> None:
    assert council.process.title in text_of(client.get("/hvad-sker-der/"))
    open_process(process(slug="loebende", title="Løbende", standing=True))
    close_process(council.process)
    process(slug="udkast", title="Kun et udkast")
    page = client.get("/hvad-sker-der/")
    assert text_of(page).index("Løbende") < text_of(page).index(council.process.title)
    assert says(page, "It is always open, and takes what comes between the revisions.")
    assert "Kun et udkast" not in text_of(page)


@pytest.mark.usefixtures("strategy")
def test_with_no_process_the_page_says_what_one_can_do(client: Client) -> None:
    page = client.get("/hvad-sker-der/")
    assert says(page, "Nothing is open right now.")
    assert 'href="/fortael/"' in text_of(page)


def test_a_process_says_its_frame_promise_and_who_answers(client: Client, council: Council) -> None:
    administrations, anybodys = council.wants(), shown_proposal(council, about=passage("1.1"))
    page = client.get(council.process.get_absolute_url())
    for words in ("Loven sætter rammen.", "Alle forslag får svar.", "Jonas Testvig, konsulent"):
        assert words in text_of(page)
    assert f'datetime="{council.process.answer_due}"' in text_of(page)
    for amendment in (administrations, anybodys):
        assert f'href="{amendment.get_absolute_url()}"' in text_of(page)
    assert says(page, "Proposal from a citizen")
    assert "/forslag/nyt/" in text_of(page)


def test_only_the_process_that_takes_proposals_asks_for_them(
    client: Client, council: Council
) -> None:
    standing = open_process(process(slug="loebende", title="Løbende", standing=True))
    assert "/forslag/nyt/" in text_of(client.get(council.process.get_absolute_url()))
    assert "/forslag/nyt/" not in text_of(client.get(standing.get_absolute_url()))


def test_a_process_that_is_not_open_yet_is_not_there(client: Client, council: Council) -> None:
    process(slug="udkast")
    page = client.get("/hvad-sker-der/udkast/")
    assert page.status_code == 404
    assert page.content == client.get("/hvad-sker-der/aldrig/").content


def test_a_processs_page_asks_the_same_however_long_its_list_is(
    client: Client, council: Council
) -> None:
    council.decides(council.wants(), Outcome.REJECTED)
    asked = questions(client, council.process.get_absolute_url())
    for code in ("1.1", "1.2", "1.3"):
        shown_proposal(council, about=passage(code))
    council.wants(Change.CHANGE, vision(2), text="En ny vision.")
    assert questions(client, council.process.get_absolute_url()) == asked <= 10


def test_the_list_goes_on_after_its_last_row(client: Client, council: Council) -> None:
    moment = timezone.now()
    for number in range(AMENDMENTS_A_PAGE + 2):
        amendment = council.wants(Change.NEW, text=f"Ny {number}.", public=False)
        # Three at a time were put forward at the same moment.
        at = moment + timedelta(seconds=number // 3)
        Amendment.objects.filter(pk=amendment.pk).update(put_forward_at=at)
    bump("amendments")
    first = client.get(LIST)
    seen = numbers_on(first)
    assert len(seen) == AMENDMENTS_A_PAGE
    assert f"?efter={seen[-1]}" in text_of(first)
    rest = numbers_on(client.get(f"{LIST}?efter={seen[-1]}"))
    assert seen + rest == sorted(seen + rest, reverse=True)
    assert len(seen + rest) == AMENDMENTS_A_PAGE + 2


def numbers_on(page: Any) -> list[int]:
    return [told.amendment.number for told in page.context["amendments"]]


def test_the_list_can_be_narrowed_to_a_theme_and_a_process(
    client: Client, council: Council
) -> None:
    second, fourth = council.wants(), council.wants(Change.NEW)
    assert second.theme is None
    assert fourth.theme == Theme.objects.get(number=4)
    assert numbers_on(client.get(f"{LIST}?tema=2")) == [second.number]
    assert numbers_on(client.get(f"{LIST}?tema=4&proces=udgave-2")) == [fourth.number]
    open_process(process(slug="loebende", standing=True))
    assert numbers_on(client.get(f"{LIST}?proces=loebende")) == []


def test_the_list_asks_the_same_however_long_it_is(client: Client, council: Council) -> None:
    council.decides(council.wants(), Outcome.REJECTED)
    asked = questions(client, LIST)
    for code in ("1.1", "1.2", "1.3"):
        shown_proposal(council, about=passage(code))
    assert questions(client, LIST) == asked <= 10


@pytest.mark.parametrize(
    "query",
    ["efter=0", "efter=-1", "efter=99999999999999999999", "efter=%00", "efter=%F0%9F%98%80",
     "efter=²", "tema=x", "tema=%FF", "proces=%00", "proces=../", "efter=1&efter=1", "x=1"],
)  # fmt: skip
def test_any_address_of_the_list_is_answered(client: Client, council: Council, query: str) -> None:
    council.wants()
    # A zero byte is refused before any page is asked.
    assert client.get(f"{LIST}?{query}").status_code in {200, 400 if "%00" in query else 200}


@pytest.mark.parametrize("name", ["stranger", "citizen", "analyst", "host"])
def test_everybody_reads_the_same_pages(council: Council, name: str) -> None:
    amendment, client = council.wants(), council.cast.client(name)
    for where in (
        LIST,
        "/hvad-sker-der/",
        council.process.get_absolute_url(),
        amendment.get_absolute_url(),
    ):
        assert client.get(where).status_code == 200
        assert client.post(where).status_code == 405


def test_kept_pages_are_never_older_than_the_last_change(client: Client, council: Council) -> None:
    where = (LIST, council.process.get_absolute_url())
    for page in where:
        assert "Æ-01" not in text_of(client.get(page))
    amendment = council.wants()
    for page in where:
        assert "Æ-01" in text_of(client.get(page))
    page_of(client, amendment)
    assert questions(client, amendment.get_absolute_url(), "") == 1
    council.decides(amendment, Outcome.REJECTED)
    for page in (*where, amendment.get_absolute_url()):
        assert says(client.get(page), "Not adopted")


# --- "Sig til" ------------------------------------------------------------------------------------


def test_anybody_says_to_about_a_proposal_that_is_shown(client: Client, council: Council) -> None:
    from cocreate.moderation.models import Report
    from tests.moderation.pages.acts import press

    amendment = shown_proposal(council)
    answer = press(client, f"{amendment.get_absolute_url()}sig-til/", reason="tone", text="Hårdt.")
    assert answer.status_code == 200
    assert Report.objects.get().contribution_id == amendment.proposal_id


def test_there_is_nothing_to_say_to_about_the_rest(client: Client, council: Council) -> None:
    own, gone = council.wants(), shown_proposal(council, about=passage("1.1"))
    moderation.withdraw(voice_of(gone))
    for number in (own.number, gone.number, 77):
        assert client.get(f"{LIST}{number}/sig-til/").status_code == 404
