"""Anybody proposes a change: nothing is lost, nothing is stored twice, and it waits for a host."""

import pytest
from django.test import Client
from django.urls import reverse

from cocreate.contributions.models import Receipt, Scope, State, TextVersion
from cocreate.moderation.models import Finding
from cocreate.moderation.operations import publish
from cocreate.revisions.models import Amendment, Change, Process, Proposal
from cocreate.revisions.putting_forward import close_process
from cocreate.themes.models import Passage
from cocreate.themes.models.editions import Kind
from tests.cast import open_in, show
from tests.moderation.pages.acts import says
from tests.revisions.conftest import Council, passage, process
from tests.revisions.pages.acts import NEW, form_about, page_of, propose, shown_proposal, text_of
from tests.stories.pages import code_on, filled, forms_in, send

pytestmark = pytest.mark.django_db

WORDS = "Svaret kommer på en torsdag."
NOBODYS = "00000000-0000-4000-8000-000000000000"
PHONE = "Ring til mig på 40 12 34 56, når der er nyt."


@pytest.fixture
def stranger(council: Council) -> Client:
    """No account, no cookies, and the forgery check on, as in a real browser."""
    return Client(enforce_csrf_checks=True)


def newest() -> TextVersion:
    return TextVersion.objects.latest("pk")


# --- the form -------------------------------------------------------------------------------------


def test_a_stranger_proposes_other_words_and_gets_a_code(
    stranger: Client, council: Council
) -> None:
    answer = propose(stranger, role="relative")
    assert answer.status_code == 200
    assert len(code_on(answer)) == 7
    proposal = Proposal.objects.get()
    assert (proposal.change, proposal.passage, proposal.process) == (
        Change.CHANGE, passage(), council.process,
    )  # fmt: skip
    assert (proposal.state, proposal.role, proposal.theme) == (
        "pending",
        "relative",
        passage().theme,
    )
    assert list(proposal.guidelines.all()) == [passage().guideline]
    assert set(proposal.consents.values_list("scope", flat=True)) == {Scope.SHOW, Scope.ANALYSE}
    assert (newest().proposed, newest().text) == (WORDS, "Jeg ventede.")
    assert not Amendment.objects.exists()


def test_the_form_shows_the_words_in_force_and_the_promise(
    stranger: Client, council: Council
) -> None:
    page = stranger.get(form_about())
    assert filled(page, form_about())["proposed"] == [passage().text]
    assert council.process.promise in text_of(page)
    assert council.process.responder in text_of(page)
    sentence = (
        "If the council adopts your words, they stand in the strategy, and cannot be taken back "
        "from there."
    )
    assert says(page, sentence)
    assert forms_in(page).choices["may_quote"] == ["on"]


def test_quoting_needs_its_box(stranger: Client) -> None:
    propose(stranger, may_quote="on")
    assert Proposal.objects.get().consents.filter(scope=Scope.QUOTE).exists()


@pytest.mark.parametrize("proposed", ["", None])
def test_it_can_be_said_in_words_of_ones_own(stranger: Client, proposed: str | None) -> None:
    assert propose(stranger, proposed=proposed).status_code == 200
    assert newest().proposed is None


def test_words_left_as_they_are_propose_none(stranger: Client) -> None:
    where = form_about()
    page = stranger.get(where)
    assert send(stranger, page, where, text="Sig, hvornår man får svar.").status_code == 200
    assert newest().proposed is None


def test_leaving_it_out_needs_no_words(stranger: Client) -> None:
    propose(stranger, change="delete")
    assert Proposal.objects.get().change == Change.DELETE
    assert newest().proposed is None


def test_something_new_is_proposed_under_a_theme(stranger: Client, council: Council) -> None:
    answer = propose(stranger, f"{NEW}?tema=4", proposed="Noget helt nyt.")
    assert len(code_on(answer)) == 7
    proposal = Proposal.objects.get()
    assert (proposal.change, proposal.passage) == (Change.NEW, None)
    assert proposal.theme is not None and proposal.theme.number == 4
    show(proposal.contribution_ptr, by=council.cast.host)
    assert Amendment.objects.get().theme == proposal.theme


def test_without_a_passage_one_chooses_from_a_list(stranger: Client) -> None:
    page = stranger.get(NEW)
    assert page.status_code == 200
    links = Passage.objects.in_force().exclude(kind=Kind.SIGNATURE)
    assert links and all(f"?stykke={row.uid}" in text_of(page) for row in links)
    assert "?tema=4" in text_of(page)


@pytest.mark.parametrize(
    "query",
    ["stykke=x", "stykke=", f"stykke={NOBODYS}", "stykke=%F0%9F%98%80", "tema=99", "tema=%FF",
     "tema=" + "9" * 400, "stykke=2.3"],
)  # fmt: skip
def test_an_address_that_leads_nowhere_asks_which_words(stranger: Client, query: str) -> None:
    assert "?tema=4" in text_of(stranger.get(f"{NEW}?{query}"))


def test_what_is_written_to_words_that_are_gone_is_kept(council: Council) -> None:
    client = Client()
    answer = client.post(f"{NEW}?stykke={NOBODYS}", {"text": "Mine ord.", "proposed": "Nye ord."})
    assert answer.status_code == 409
    assert "Mine ord." in text_of(answer) and "Nye ord." in text_of(answer)
    assert not Proposal.objects.exists()


def test_with_nothing_open_the_page_says_what_one_can_do_instead(
    stranger: Client, council: Council
) -> None:
    page, where = stranger.get(form_about()), form_about()
    close_process(council.process)
    closed = stranger.get(where)
    assert says(closed, "Changes cannot be proposed right now")
    assert 'href="/fortael/"' in text_of(closed)
    answer = send(stranger, page, where, text="Mine ord.", proposed="Nye ord.")
    assert answer.status_code == 409
    assert "Mine ord." in text_of(answer) and "Nye ord." in text_of(answer)
    assert not Proposal.objects.exists()


# --- asked about first, and nothing lost ----------------------------------------------------------


def test_without_a_reason_it_is_asked_for_and_the_words_are_kept(stranger: Client) -> None:
    answer = propose(stranger, text=" ")
    assert answer.status_code == 422
    assert filled(answer, form_about())["proposed"] == [WORDS]
    assert 'href="#id_text"' in text_of(answer)
    assert not Proposal.objects.exists()


@pytest.mark.parametrize("name", ["text", "proposed"])
def test_personal_data_is_asked_about_once(stranger: Client, name: str) -> None:
    asked = propose(stranger, **{name: PHONE})
    assert asked.status_code == 422
    assert "40 12 34 56</bdi>" in text_of(asked)
    assert not Proposal.objects.exists()
    answer = send(stranger, asked, form_about(), sent_knowingly="phone")
    assert answer.status_code == 200
    assert Finding.objects.open().filter(kind="phone").exists()


def test_the_strategys_own_words_show_nobody_who_one_is(stranger: Client, council: Council) -> None:
    council.decides(council.wants(text="Ring på 40 12 34 56 for svar."))
    council.adopts()
    answer = propose(stranger, proposed="Ring på 40 12 34 56 og få svar samme dag.")
    assert answer.status_code == 200


def test_somebody_in_danger_sees_help_first_and_the_words_are_stored(stranger: Client) -> None:
    answer = propose(stranger, text="Jeg vil ikke leve mere.")
    assert newest().text == "Jeg vil ikke leve mere."
    assert text_of(answer).index('href="tel:112"') < text_of(answer).index("data-receipt-code")


@pytest.mark.parametrize(("name", "length"), [("proposed", 6_001), ("text", 25_000)])
def test_a_text_that_is_too_long_is_kept_whole(stranger: Client, name: str, length: int) -> None:
    long = "a" * length
    answer = propose(stranger, **{name: long})
    assert answer.status_code == 422
    assert filled(answer, form_about())[name] == [long]


def test_words_that_changed_since_the_page_was_opened_are_shown_before_it_is_sent(
    stranger: Client, council: Council
) -> None:
    where = form_about()
    page = stranger.get(where)
    council.decides(council.wants(text="Helt andre ord."))
    council.adopts()
    asked = send(stranger, page, where, proposed=WORDS, text="Derfor.")
    assert asked.status_code == 409
    assert "Helt andre ord." in text_of(asked)
    assert filled(asked, where)["proposed"] == [WORDS]
    assert not Proposal.objects.exists()
    assert len(code_on(send(stranger, asked, where))) == 7
    assert Proposal.objects.get().passage == passage()


def test_words_left_out_since_the_page_was_opened_are_said_to_be_gone(
    stranger: Client, council: Council
) -> None:
    where = form_about()
    page = stranger.get(where)
    council.decides(council.wants(Change.DELETE))
    council.adopts()
    answer = send(stranger, page, where, proposed=WORDS, text="Derfor.")
    assert answer.status_code == 409
    assert says(answer, "These words are no longer in the strategy")
    assert WORDS in text_of(answer) and "Derfor." in text_of(answer)


def test_another_promise_is_shown_before_it_is_sent(stranger: Client, council: Council) -> None:
    where = form_about()
    page = stranger.get(where)
    close_process(council.process)
    from cocreate.revisions.putting_forward import open_process

    open_process(process(slug="loebende", standing=True, promise="Svar hvert halve år."))
    asked = send(stranger, page, where, text="Derfor.")
    assert asked.status_code == 409
    assert "Svar hvert halve år." in text_of(asked)
    send(stranger, asked, where)
    assert Proposal.objects.get().process == Process.objects.get(slug="loebende")


# --- once -----------------------------------------------------------------------------------------


def test_a_double_click_makes_one_proposal_with_one_code(stranger: Client) -> None:
    where = form_about()
    data = filled(stranger.get(where), where, proposed=WORDS, text="Derfor.")
    first, second = stranger.post(where, data), stranger.post(where, data)
    assert code_on(first) == code_on(second) != []
    assert (Proposal.objects.count(), Receipt.objects.count()) == (1, 1)


def test_a_text_mended_after_back_is_asked_about(stranger: Client) -> None:
    where = form_about()
    page = stranger.get(where)
    first = send(stranger, page, where, proposed=WORDS, text="Derfor.")
    asked = send(stranger, page, where, proposed="Svaret kommer straks.", text="Derfor.")
    assert asked.status_code == 422
    assert filled(asked, where)["proposed"] == ["Svaret kommer straks."]
    second = send(stranger, asked, where, instead=asked.context["instead"])
    assert code_on(second) == code_on(first)
    assert [row.proposed for row in TextVersion.objects.order_by("number")] == [
        WORDS, "Svaret kommer straks.",
    ]  # fmt: skip


def test_two_passages_in_two_windows_are_two_proposals(stranger: Client) -> None:
    places = (form_about(), form_about(passage("1.1")))
    pages = [stranger.get(where) for where in places]
    for where, page in zip(places, pages, strict=True):
        assert len(code_on(send(stranger, page, where, text="Ord om det hele."))) == 7
    assert {row.passage for row in Proposal.objects.all()} == {passage(), passage("1.1")}


def test_what_a_host_has_read_is_not_changed_by_an_old_page(
    stranger: Client, council: Council
) -> None:
    where = form_about()
    page = stranger.get(where)
    send(stranger, page, where, proposed=WORDS, text="Derfor.")
    publish(Proposal.objects.get().contribution_ptr, by=council.cast.host)
    asked = send(stranger, page, where, proposed="Andre ord.", text="Fordi.")
    assert asked.status_code == 409
    assert filled(asked, where)["proposed"] == ["Andre ord."]
    send(stranger, asked, where)
    assert Proposal.objects.count() == 2


def test_a_page_that_lay_open_too_long_keeps_every_word(stranger: Client) -> None:
    where = form_about()
    data = filled(stranger.get(where), where, proposed=WORDS, text="Derfor.")
    stranger.cookies.clear()
    answer = stranger.post(where, data)
    assert "Derfor." in text_of(answer) and WORDS in text_of(answer)
    assert not Proposal.objects.exists()


def test_too_many_at_a_time_are_asked_to_wait_with_their_words(
    stranger: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cocreate.revisions.proposal_views.too_many", lambda *args, **options: True)
    answer = propose(stranger)
    assert answer.status_code == 429
    assert filled(answer, form_about())["proposed"] == [WORDS]


@pytest.mark.parametrize(
    "value", [b"\x00", b"\xff\xfe", b"\xed\xa0\x80", b"9" * 400, b"{{ 7*7 }}", b"<svg onload=a()>"]
)
@pytest.mark.parametrize(
    "name", ["submission_id", "sent_knowingly", "change", "role", "email", "seen", "instead",
             "another", "may_quote"],
)  # fmt: skip
def test_nonsense_in_one_field_never_loses_the_words(
    council: Council, name: str, value: bytes
) -> None:
    from urllib.parse import quote_from_bytes, urlencode

    client, where = Client(), form_about()
    form = filled(client.get(where), where, text="Derfor.", proposed=WORDS)
    form.pop(name, None)
    body = f"{urlencode(form, doseq=True)}&{name}={quote_from_bytes(value)}"
    answer = client.post(where, body, content_type="application/x-www-form-urlencoded")
    assert answer.status_code in {200, 409, 422}
    if answer.status_code != 200:
        assert filled(answer, where)["text"] == ["Derfor."]


# --- who ------------------------------------------------------------------------------------------


def test_staff_and_councillors_speak_in_their_own_name(council: Council) -> None:
    client = council.cast.client("politician")
    assert "Politician Testvig" in text_of(client.get(form_about()))
    propose(client, role="citizen")
    proposal = Proposal.objects.get()
    assert (proposal.role, proposal.author) == ("politician", council.cast.politician)
    show(proposal.contribution_ptr, by=council.cast.host)
    page = page_of(Client(), Amendment.objects.get())
    assert "Politician Testvig" in text_of(page)
    assert says(page, "Proposal from a city councillor")


def test_a_citizen_with_an_account_is_shown_by_role_alone(council: Council) -> None:
    propose(council.cast.client("citizen"))
    show(Proposal.objects.get().contribution_ptr, by=council.cast.host)
    page = page_of(Client(), Amendment.objects.get())
    assert "Testvig" not in text_of(page).replace(council.process.responder, "")


def test_it_can_be_kept_under_the_code_that_is_open(council: Council, client: Client) -> None:
    receipt = council.proposal().contribution.receipt
    assert receipt is not None
    open_in(client, receipt)
    answer = propose(client, form_about(passage("1.1")), under_open_code="on")
    assert code_on(answer) == []
    assert Receipt.objects.count() == 1


def test_word_goes_to_the_address_that_was_given(stranger: Client) -> None:
    propose(stranger, email="kim@example.com")
    assert Receipt.objects.get().email == "kim@example.com"


def test_its_author_reads_it_under_the_code_and_takes_it_back(
    stranger: Client, council: Council
) -> None:
    propose(stranger)
    page = stranger.get(reverse("receipt"), follow=True)
    assert WORDS in text_of(page)


def test_a_shown_proposal_stands_beside_the_administrations(
    client: Client, council: Council
) -> None:
    council.wants(Change.CHANGE, passage("1.1"))
    amendment = shown_proposal(council)
    page = client.get(council.process.get_absolute_url())
    assert [told.amendment.number for told in page.context["amendments"]] == [1, 2]
    assert amendment.number == 2
    assert Proposal.objects.get().state == State.PUBLISHED
