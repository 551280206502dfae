"""A process opens with its promise, and amendments rest on something."""

from dataclasses import replace

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from cocreate.contributions.models import State
from cocreate.insights.errors import CopiedWords
from cocreate.moderation import operations as moderation
from cocreate.revisions.errors import (
    AlreadyDecided,
    NewerVersion,
    NoOpenProcess,
    NotInForce,
    PromiseMissing,
    ReasonMissing,
    RestsOnNothing,
    TextMissing,
    TextUnchanged,
    WrongPassages,
)
from cocreate.revisions.models import Amendment, AmendmentVersion, Change, Process, Proposal
from cocreate.revisions.putting_forward import (
    PROMISED,
    Wanted,
    change_amendment,
    close_process,
    draft_amendment,
    look_again,
    open_process,
    put_forward,
)
from cocreate.themes.models import Passage, Theme
from cocreate.themes.models.editions import Kind
from tests.cast import show
from tests.revisions.conftest import NEW_WORDS, WHY, Council, passage, process, vision

pytestmark = [pytest.mark.django_db, pytest.mark.db]


@pytest.mark.parametrize("name", PROMISED)
def test_a_process_opens_with_all_of_its_promise_or_not_at_all(strategy: None, name: str) -> None:
    draft = process(**{name: None if name == "answer_due" else ""})
    with pytest.raises(PromiseMissing) as refused:
        open_process(draft)
    assert refused.value.missing == [name]
    with pytest.raises(IntegrityError), transaction.atomic():
        Process.objects.update(opened_at=timezone.now())
    assert not Process.objects.public().exists()


def test_a_process_that_is_open_opens_no_second_time(council: Council) -> None:
    before = council.process.opened_at
    assert open_process(council.process).opened_at == before


def test_proposals_go_to_the_revision_that_is_open_else_to_the_standing_process(
    council: Council,
) -> None:
    standing = open_process(process(slug="loebende", title="Løbende", standing=True))
    assert Process.objects.takes_proposals() == council.process
    close_process(council.process)
    assert Process.objects.takes_proposals() == standing
    with pytest.raises(IntegrityError), transaction.atomic():
        process(slug="anden", standing=True)


# --- the administration's -------------------------------------------------------------------------


def test_amendments_are_numbered_and_read_by_all_once_they_are_put_forward(
    council: Council,
) -> None:
    draft = council.wants(public=False)
    assert (draft.label, draft.is_public) == ("Æ-01", False)
    assert put_forward(draft).is_public
    assert council.wants(Change.DELETE, passage("1.2")).label == "Æ-02"
    assert list(Amendment.objects.public().values_list("number", flat=True)) == [1, 2]


def test_an_amendment_rests_on_a_public_insight_or_says_it_is_the_administrations(
    council: Council,
) -> None:
    hidden = council.insight(public=False)
    wanted = Wanted(Change.CHANGE, WHY, text=NEW_WORDS, passages=[passage()], insights=[hidden])
    amendment = draft_amendment(council.process, wanted, by=council.analyst)
    with pytest.raises(RestsOnNothing):
        put_forward(amendment)
    shown = council.insight(council.voice())
    amendment.insights.set([shown])
    assert put_forward(amendment).is_public


def test_only_an_open_process_takes_amendments(council: Council) -> None:
    draft = council.wants(public=False)
    close_process(council.process)
    with pytest.raises(NoOpenProcess):
        put_forward(draft)


def wrong(council: Council, kind: str) -> Wanted:
    about, other = passage(), passage("2.1")
    theme = Theme.objects.get(number=4)
    return {
        "without a reason": Wanted(Change.CHANGE, " ", text=NEW_WORDS, passages=[about]),
        "without words": Wanted(Change.CHANGE, WHY, text=" ", passages=[about]),
        "the same words": Wanted(Change.CHANGE, WHY, text=about.text, passages=[about]),
        "no passage": Wanted(Change.CHANGE, WHY, text=NEW_WORDS),
        "two to change": Wanted(Change.CHANGE, WHY, text=NEW_WORDS, passages=[about, other]),
        "one to merge": Wanted(Change.MERGE, WHY, text=NEW_WORDS, passages=[about]),
        "merged visions": Wanted(
            Change.MERGE, WHY, text=NEW_WORDS, passages=[vision(1), vision(2)], kind=Kind.VISION
        ),
        "two kinds": Wanted(Change.MERGE, WHY, text=NEW_WORDS, passages=[about, vision(2)]),
        "new without a theme": Wanted(Change.NEW, WHY, text=NEW_WORDS),
        "a second vision": Wanted(Change.NEW, WHY, text=NEW_WORDS, theme=theme, kind=Kind.VISION),
        "new about something": Wanted(
            Change.NEW, WHY, text=NEW_WORDS, theme=theme, passages=[about]
        ),
    }[kind]


@pytest.mark.parametrize(
    ("kind", "error"),
    [
        ("without a reason", ReasonMissing),
        ("without words", TextMissing),
        ("the same words", TextUnchanged),
        ("no passage", WrongPassages),
        ("two to change", WrongPassages),
        ("one to merge", WrongPassages),
        ("merged visions", WrongPassages),
        ("two kinds", WrongPassages),
        ("new without a theme", WrongPassages),
        ("a second vision", WrongPassages),
        ("new about something", WrongPassages),
    ],
)
def test_what_does_not_fit_is_refused_and_nothing_saved(
    council: Council, kind: str, error: type[Exception]
) -> None:
    with pytest.raises(error):
        draft_amendment(council.process, wrong(council, kind), by=council.analyst)
    standing = council.wants(public=False)
    with pytest.raises(error):
        change_amendment(standing, wrong(council, kind), by=council.analyst, base=1)
    assert Amendment.objects.count() == AmendmentVersion.objects.count() == 1


def test_every_version_can_be_read_as_it_was(council: Council) -> None:
    amendment = council.wants()
    wanted = Wanted(Change.CHANGE, WHY, "Andre ord.", "Vi vil det.", passages=[passage("2.4")])
    change_amendment(amendment, wanted, by=council.analyst, base=1)
    assert list(amendment.versions.values_list("number", "text")) == [
        (1, NEW_WORDS),
        (2, "Andre ord."),
    ]
    assert amendment.targets.get().passage == passage("2.4")
    with pytest.raises(IntegrityError), transaction.atomic():
        amendment.versions.update(text="Helt andre ord.")
    with pytest.raises(IntegrityError), transaction.atomic():
        amendment.versions.all().delete()
    council.decides(amendment)
    with pytest.raises(AlreadyDecided):
        change_amendment(amendment, wanted, by=council.analyst, base=1)


def test_the_same_version_twice_is_one_and_a_colleagues_is_written_over_by_nobody(
    council: Council,
) -> None:
    amendment = council.wants()
    wanted = Wanted(Change.CHANGE, WHY, "Andre ord.", "Vi vil det.", passages=[passage()])
    first, again = (
        change_amendment(amendment, wanted, by=council.analyst, base=1) for _ in range(2)
    )
    assert first == again
    with pytest.raises(NewerVersion):
        change_amendment(amendment, replace(wanted, text="Mine."), by=council.analyst, base=1)
    assert amendment.versions.count() == 2


def test_staff_copy_nobodys_words_into_an_amendment(council: Council) -> None:
    council.voice("En to tre fire fem seks syv otte ni.", scopes={"show", "analyse"})
    with pytest.raises(CopiedWords):
        council.wants(text="Der står en to tre fire fem seks syv otte.")


# --- anybody's ------------------------------------------------------------------------------------


def test_a_proposal_becomes_an_amendment_when_a_host_shows_it(council: Council) -> None:
    received = council.proposal()
    assert not Amendment.objects.exists()
    contribution = show(received, by=council.cast.host)
    proposal = Proposal.objects.get()
    amendment = Amendment.objects.get()
    assert proposal.published_proposed == NEW_WORDS
    assert (amendment.proposal, amendment.number) == (proposal, 1)
    assert amendment.is_public
    assert [target.passage for target in amendment.targets.all()] == [passage()]
    assert contribution.published_text == "Jeg ventede i ni uger."


def test_a_proposals_words_are_public_only_while_it_is_shown(council: Council) -> None:
    contribution = show(council.proposal(), by=council.cast.host)

    def words() -> tuple[str, str | None]:
        row = Proposal.objects.get()
        version = row.versions.get()
        return row.published_proposed, version.proposed

    assert words() == (NEW_WORDS, NEW_WORDS)
    moderation.hide(contribution, by=council.cast.host, reason="hate", message="Vi ser på det.")
    assert words() == ("", NEW_WORDS)
    moderation.restore(contribution, by=council.cast.second_host)
    assert words() == (NEW_WORDS, NEW_WORDS)
    moderation.withdraw(contribution)
    assert words() == ("", NEW_WORDS)
    moderation.erase(contribution)
    assert words() == ("", None)
    # Its number is never given to another.
    show(council.proposal(), by=council.cast.host)
    assert list(Amendment.objects.values_list("number", flat=True)) == [1, 2]


def test_words_of_a_proposal_are_sealed_and_read_by_the_rules(council: Council) -> None:
    received = council.proposal("Ring til 40 12 34 56.")
    assert list(received.version.findings.values_list("in_field", flat=True)) == ["proposed"]
    version = received.version
    assert version.is_as_written
    version.proposed = "Andre ord."
    assert not version.is_as_written


def test_a_proposal_in_words_of_ones_own_proposes_none(council: Council) -> None:
    received = council.proposal("", "Skriv, hvornår man får svar.")
    show(received, by=council.cast.host)
    assert Proposal.objects.get().published_proposed == ""
    assert received.version.proposed is None


# --- passages that have changed since -----------------------------------------------------------


def test_looking_again_takes_the_words_that_are_in_force_now(council: Council) -> None:
    later = council.wants(text="Et andet forslag til samme retningslinje.", public=False)
    council.decides(council.wants())
    council.adopts()
    assert later.targets.get().passage.text != passage().text
    with pytest.raises(NotInForce):
        put_forward(later)
    look_again(later)
    assert later.targets.get().passage == passage()
    assert put_forward(later).is_public


def test_what_was_left_out_cannot_be_looked_at_again(council: Council) -> None:
    later = council.wants(Change.CHANGE, passage("1.2"), public=False)
    council.decides(council.wants(Change.DELETE, passage("1.2")))
    council.adopts()
    with pytest.raises(NotInForce):
        look_again(later)
    with pytest.raises(NotInForce):
        council.wants(Change.CHANGE, Passage.objects.get(guideline__code="1.2"))


def test_erased_proposals_leave_a_row_without_words(council: Council) -> None:
    contribution = show(council.proposal(), by=council.cast.host)
    moderation.withdraw(contribution)
    assert Proposal.objects.get().state == State.WITHDRAWN
    assert Amendment.objects.get().proposal_id == contribution.pk
