"""What the pages say of processes and amendments: in words, in a number of queries that stays the
same however many there are."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import Http404
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.text import capfirst, get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cocreate.contributions.models import State, VoiceRole
from cocreate.moderation.templatetags.days import date_in_words, day_in_words
from cocreate.revisions.adoption import named, unanswered, waiting_for_edition
from cocreate.revisions.deciding import changed_since, words_decided
from cocreate.revisions.models import (
    FINAL,
    INTO_THE_EDITION,
    Amendment,
    AmendmentTarget,
    AmendmentVersion,
    Change,
    CouncilDecision,
    Outcome,
    Process,
    Proposal,
    Step,
)
from cocreate.revisions.trail import Link, links_of
from cocreate.themes.models import Passage, Theme
from cocreate.themes.models.editions import Kind

AMENDMENTS_A_PAGE = 20
# So many stand on a process's own page; the list has them all.
MOST_ON_A_PROCESS = 100

THE: dict[str, Promise] = {
    Kind.PREFACE: gettext_lazy("the preface"),
    Kind.SIGNATURE: gettext_lazy("the signature"),
    Kind.CHALLENGE: gettext_lazy("the challenge in “%(theme)s”"),
    Kind.VISION: gettext_lazy("the vision of “%(theme)s”"),
    Kind.LEAD_IN: gettext_lazy("the lead-in to “%(theme)s”"),
    Kind.GUIDELINE: gettext_lazy("guideline %(code)s"),
}
A_NEW: dict[str, Promise] = {
    Kind.PREFACE: gettext_lazy("adds a preface"),
    Kind.SIGNATURE: gettext_lazy("adds a signature"),
    Kind.CHALLENGE: gettext_lazy("adds a challenge to “%(theme)s”"),
    Kind.VISION: gettext_lazy("adds a vision to “%(theme)s”"),
    Kind.LEAD_IN: gettext_lazy("adds a lead-in to “%(theme)s”"),
    Kind.GUIDELINE: gettext_lazy("adds a guideline to “%(theme)s”"),
}
PROPOSED_BY: dict[str, Promise] = {
    VoiceRole.CITIZEN: gettext_lazy("Proposal from a citizen"),
    VoiceRole.RELATIVE: gettext_lazy("Proposal from a relative"),
    VoiceRole.VOLUNTEER: gettext_lazy("Proposal from a volunteer"),
    VoiceRole.STAFF: gettext_lazy("Proposal from a member of staff"),
    VoiceRole.POLITICIAN: gettext_lazy("Proposal from a city councillor"),
}
RECOMMENDED: dict[str, Promise] = {
    Outcome.ADOPTED: gettext_lazy("Recommended"),
    Outcome.ADOPTED_CHANGED: gettext_lazy("Recommended with a change"),
    Outcome.REJECTED: gettext_lazy("Not recommended"),
    Outcome.SENT_BACK: gettext_lazy("Recommended to be sent back"),
    Outcome.POSTPONED: gettext_lazy("Recommended to be postponed"),
}
# The shape beside the words (components/tag.html).
SHAPES = {
    Outcome.ADOPTED: "ok",
    Outcome.ADOPTED_CHANGED: "ok",
    Outcome.REJECTED: "no",
    Outcome.SENT_BACK: "wait",
    Outcome.POSTPONED: "wait",
}
TAKEN_BACK = (State.WITHDRAWN, State.ERASED)
# No list and no page loads a person's encrypted words.
NEVER_LOADED = ("proposal__alias",)
NOT_IN_LISTS = (
    *NEVER_LOADED,
    "proposal__published_html",
    "proposal__published_text",
    "proposal__published_stems",
    "proposal__published_proposed",
)


@dataclass(frozen=True)
class Standing:
    """Where an amendment stands: a word, and the shape it is drawn with."""

    label: str
    shape: str


@dataclass(frozen=True)
class Told:
    """An amendment with all that a line about it needs."""

    amendment: Amendment
    passages: tuple[Passage, ...]
    link: Link

    @cached_property
    def does(self) -> str:
        """ "changes guideline 2.3" """
        return what_it_does(self.amendment, self.passages)

    @property
    def title(self) -> str:
        return capfirst(self.does)

    @property
    def proposal(self) -> Proposal | None:
        return self.amendment.proposal

    @property
    def is_taken_back(self) -> bool:
        return self.proposal is not None and self.proposal.state in TAKEN_BACK

    @property
    def is_shown(self) -> bool:
        """Its words can be read: the administration's always, a proposal's as long as it is shown."""
        return self.proposal is None or self.proposal.state == State.PUBLISHED

    @property
    def from_whom(self) -> str:
        if self.proposal is None:
            return _("The administration's proposal")
        if self.is_taken_back:
            return _("A proposal that was taken back")
        if not self.is_shown:
            return _("A proposal that is not shown right now")
        return str(PROPOSED_BY.get(self.proposal.role, PROPOSED_BY[VoiceRole.CITIZEN]))

    @property
    def name(self) -> str:
        """Of somebody who speaks in their own name; empty otherwise."""
        return self.proposal.published_alias if self.proposal is not None else ""

    @property
    def theme(self) -> Theme | None:
        return self.passages[0].theme if self.passages else self.amendment.theme

    @property
    def is_decided(self) -> bool:
        """Nothing more will be decided about it."""
        decision = self.link.decision
        return decision is not None and is_final(decision)

    @property
    def standing(self) -> Standing:
        decision, adopted = self.link.decision, self.link.adopted
        if adopted is not None:
            in_edition = _("Stands in edition %(number)d") % {"number": adopted.edition.number}
            return Standing(in_edition, "ok")
        if decision is not None:
            outcome = Outcome(decision.outcome)
            return Standing(outcome_in_words(decision), SHAPES[outcome])
        if self.amendment.is_public:
            return Standing(_("Put forward"), "info")
        return Standing(_("Draft"), "")


def is_final(decision: CouncilDecision) -> bool:
    """Decided, and not taken up again since."""
    is_decided = decision.step == Step.DECIDED and decision.outcome in FINAL
    return is_decided and decision.reopened_at is None


def outcome_in_words(decision: CouncilDecision) -> str:
    outcome = Outcome(decision.outcome)
    return str(RECOMMENDED[outcome] if decision.step == Step.RECOMMENDED else outcome.label)


def name_of_passage(passage: Passage) -> str:
    """ "guideline 2.3", as it stands in a sentence."""
    named = {
        "theme": passage.theme.title if passage.theme is not None else "",
        "code": passage.guideline.code if passage.guideline is not None else "",
    }
    return str(THE[passage.kind]) % named


def what_it_does(amendment: Amendment, passages: Sequence[Passage]) -> str:
    if amendment.change == Change.NEW:
        theme = amendment.theme.title if amendment.theme is not None else ""
        return str(A_NEW[amendment.kind]) % {"theme": theme}
    names = [name_of_passage(passage) for passage in passages]
    sentences = {
        Change.CHANGE: _("changes %(passages)s"),
        Change.MERGE: _("puts %(passages)s together"),
        Change.DELETE: _("leaves out %(passages)s"),
    }
    listed = get_text_list(names, _("and"))
    return sentences[Change(amendment.change)] % {"passages": listed}


# --- lists ----------------------------------------------------------------------------------------


def tell(amendments: Iterable[Amendment]) -> list[Told]:
    """Each with its passages and the newest word about it, in three queries."""
    rows = list(amendments)
    about: dict[int, list[Passage]] = {row.pk: [] for row in rows}
    targets = AmendmentTarget.objects.filter(amendment__in=about).select_related(
        "passage__theme", "passage__guideline", "passage__edition"
    )
    for target in targets.order_by("order"):
        about[target.amendment_id].append(target.passage)
    links = links_of(rows)
    return [Told(row, tuple(about[row.pk]), links[row.pk]) for row in rows]


def listed(amendments: QuerySet[Amendment]) -> QuerySet[Amendment]:
    """With all that a line needs, and no word of a person."""
    return amendments.select_related("process", "theme", "proposal").defer(*NOT_IN_LISTS)


def newest_public(
    *, theme: Theme | None, process: Process | None, after: Amendment | None
) -> list[Amendment]:
    """One more than a page holds, so that we know whether there are older ones."""
    rows = listed(Amendment.objects.public())
    if theme is not None:
        targets = AmendmentTarget.objects.filter(passage__theme=theme)
        rows = rows.filter(Q(theme=theme) | Q(pk__in=targets.values("amendment")))
    if process is not None:
        rows = rows.filter(process=process)
    if after is not None:
        at = after.put_forward_at
        earlier = Q(put_forward_at=at, number__lt=after.number)
        rows = rows.filter(Q(put_forward_at__lt=at) | earlier)
    return list(rows.order_by("-put_forward_at", "-number")[: AMENDMENTS_A_PAGE + 1])


def process_context(slug: str) -> dict[str, Any]:
    """Five queries; 404 for one that is not there and one that is not open yet."""
    process = Process.objects.public().filter(slug=slug).first()
    if process is None:
        raise Http404
    rows = listed(process.amendments.public()).order_by("number")
    found = tell(rows[: MOST_ON_A_PROCESS + 1])
    takes = Process.objects.takes_proposals()
    return {
        "process": process,
        "amendments": found[:MOST_ON_A_PROCESS],
        "has_more": len(found) > MOST_ON_A_PROCESS,
        "takes_proposals": takes == process,
    }


# --- one amendment --------------------------------------------------------------------------------


@dataclass(frozen=True)
class Tracked:
    """Words as they are and as they are to be."""

    was: str
    now: str


def words_in_force(passages: Sequence[Passage]) -> str:
    return "\n\n".join(passage.text for passage in passages)


def public_amendment_or_404(number: int) -> Amendment:
    """The same 404 for a draft and for a number that nobody has given."""
    rows = Amendment.objects.public().select_related("process", "theme", "proposal")
    found = rows.defer(*NEVER_LOADED).filter(number=number).first()
    if found is None:
        raise Http404
    return found


def amendment_context(number: int) -> dict[str, Any]:
    """Nine queries at the most, whatever it rests on and however often it was rewritten."""
    amendment = public_amendment_or_404(number)
    told = tell([amendment])[0]
    decisions = list(amendment.decisions.select_related("version").order_by("pk"))
    versions = list(amendment.versions.order_by("-number")) if told.proposal is None else []
    wanted = wanted_words(told, versions)
    final = next((row for row in decisions if is_final(row)), None)
    shown = _shown_words(wanted, final)
    return {
        "told": told,
        "amendment": amendment,
        "version": versions[0] if versions else None,
        "earlier": versions[1:],
        "insights": amendment.insights.public(),
        "was": words_in_force(told.passages),
        "words": shown,
        "tracked": tracked_words(told, shown),
        "decided_change": _decided_change(wanted, final),
        "decisions": [(row, outcome_in_words(row)) for row in decisions],
        "changed_since": final is None and changed_since(amendment),
        "steps": chain_of(told, decisions),
    }


def wanted_words(told: Told, versions: Sequence[AmendmentVersion]) -> str:
    """The words put forward, of a proposal only while it is shown."""
    if told.proposal is not None:
        return told.proposal.published_proposed if told.is_shown else ""
    return versions[0].text if versions else ""


def _shown_words(wanted: str, final: CouncilDecision | None) -> str:
    """What was decided stands, also when the proposal it came from is gone."""
    if final is None or final.outcome not in INTO_THE_EDITION:
        return wanted
    return words_decided(final) or wanted


def tracked_words(told: Told, words: str) -> Tracked | None:
    """None where a whole passage is new or left out: that is said in words."""
    if told.amendment.change not in (Change.CHANGE, Change.MERGE) or not words:
        return None
    return Tracked(words_in_force(told.passages), words)


def _decided_change(wanted: str, final: CouncilDecision | None) -> Tracked | None:
    """What the council changed in the words put forward."""
    if final is None or not final.final_text or not wanted or final.final_text == wanted:
        return None
    return Tracked(wanted, final.final_text)


# A line of components/path.html.
ChainStep = dict[str, str]


def chain_of(told: Told, decisions: Sequence[CouncilDecision]) -> list[ChainStep]:
    """Put forward, recommended, decided, in an edition: what is done, where it is, what is left."""
    steps = [_step(_("Put forward"), date_in_words(told.amendment.put_forward_at))]
    steps += [
        _step(
            outcome_in_words(row),
            _("%(who)s, %(day)s") % {"who": row.body, "day": date_in_words(row.on)},
        )
        for row in decisions
    ]
    adopted = told.link.adopted
    if adopted is not None:
        in_edition = _("Stands in edition %(number)d") % {"number": adopted.edition.number}
        steps.append(_step(in_edition, _when_adopted(adopted.edition.adopted_when)))
    steps[-1]["state"] = "here"
    return steps + _left(told, decisions)


def _step(title: str, when: str = "", state: str = "") -> ChainStep:
    return {"title": title, "when": when, "state": state}


def _when_adopted(when: str) -> str:
    return _("Adopted on %(when)s") % {"when": when} if when else ""


def _left(told: Told, decisions: Sequence[CouncilDecision]) -> list[ChainStep]:
    final = next((row for row in decisions if is_final(row)), None)
    adopted = _step(_("In an edition of the strategy, if it is adopted"), "", "later")
    if final is None:
        decided = _step(_("Decided"), _answered_by(told.amendment.process), "later")
        return [decided, adopted] if told.is_shown else []
    waits = final.outcome in INTO_THE_EDITION and told.link.adopted is None
    return [_step(_("In the next edition of the strategy"), "", "later")] if waits else []


def _answered_by(process: Process) -> str:
    if process.answer_due is None:
        return ""
    return _("Answered by %(day)s") % {"day": day_in_words(process.answer_due)}


def place_in_strategy(passage: Passage) -> str:
    """Where the words that are in force now can be read."""
    if passage.guideline is not None:
        return passage.guideline.get_absolute_url()
    return passage.theme.get_absolute_url() if passage.theme is not None else reverse("strategy")


# --- the desk -------------------------------------------------------------------------------------


def words_now(passages: Sequence[Passage]) -> dict[UUID, Passage]:
    """The passages that stand in force for these now, by what stays the same between editions."""
    rows = Passage.objects.in_force().filter(uid__in=[passage.uid for passage in passages])
    return {row.uid: row for row in rows}


def then_and_now(
    passages: Sequence[Passage], now: Mapping[UUID, Passage]
) -> list[tuple[Passage, Passage | None]]:
    """Those that read otherwise now; None for one that stands there no more."""
    pairs = [(passage, now.get(passage.uid)) for passage in passages]
    return [(then, here) for then, here in pairs if here is None or here.text != then.text]


def seal_of(now: Mapping[UUID, Passage]) -> str:
    """Names what the page showed as the words in force."""
    return "-".join(str(row.pk) for row in sorted(now.values(), key=lambda row: row.pk))


@dataclass(frozen=True)
class Coming:
    """An adopted amendment on its way into the next edition."""

    told: Told
    words: str
    has_changed: bool

    @property
    def tracked(self) -> Tracked | None:
        return tracked_words(self.told, self.words)

    @property
    def was(self) -> str:
        return words_in_force(self.told.passages)


def adoption_context(process: Process) -> dict[str, Any]:
    """What would come into the next edition and what stands in its way, in nine queries."""
    waits = waiting_for_edition(process)
    found = tell(decision.amendment for decision in waits)
    now = words_now([passage for told in found for passage in told.passages])
    return {
        "coming": [
            Coming(told, words_decided(decision), bool(then_and_now(told.passages, now)))
            for told, decision in zip(found, waits, strict=True)
        ],
        "waiting": tell(listed(unanswered(process)).order_by("number")),
        "seen": named(waits),
    }
