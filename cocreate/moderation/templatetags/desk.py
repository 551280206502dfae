"""How the hosts' desk shows a wording, what was found in it and what has happened to it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import template
from django.contrib.humanize.templatetags.humanize import apnumber
from django.template.defaultfilters import linebreaksbr
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cocreate.accounts.models import User
from cocreate.contributions.attachments import descriptions
from cocreate.contributions.kinds import kind_of
from cocreate.contributions.models import Contribution, MadeBy, Scope, State, TextVersion
from cocreate.moderation.attached import Attached
from cocreate.moderation.deadlines import is_overdue, read_by
from cocreate.moderation.models import Appeal, Decision, Finding, Outcome, Report, ReportReason
from cocreate.moderation.templatetags.days import day_in_words
from cocreate.text.finder import Kind, Level
from cocreate.text.finds import GRAVITY

register = template.Library()

FOUND = {
    Kind.CPR: gettext_lazy("CPR number"),
    Kind.PHONE: gettext_lazy("Phone"),
    Kind.EMAIL: gettext_lazy("E-mail"),
    Kind.ADDRESS: gettext_lazy("Address"),
    Kind.NAME: gettext_lazy("Name"),
    Kind.CONCERN: gettext_lazy("Concern"),
    Kind.INDIVIDUAL_CASE: gettext_lazy("Own case"),
}
GRAVE = {
    Level.LOW: gettext_lazy("Concern, low"),
    Level.MEDIUM: gettext_lazy("Concern, medium"),
    Level.HIGH: gettext_lazy("Concern, high"),
}
# What a host is told above the text, by how grave it is; the rules see words, not people.
WHAT_TO_DO = {
    Level.LOW: gettext_lazy(
        "Something in it may be about danger or death. Read it yourself: the rules can be wrong."
    ),
    Level.MEDIUM: gettext_lazy(
        "Somebody may be having a very hard time, or be in danger. Read this first, and write to "
        "the author."
    ),
    Level.HIGH: gettext_lazy(
        "Somebody may be in danger right now. Read this first. If a life is in danger, call 112."
    ),
}
DONE = {
    Outcome.PUBLISHED: gettext_lazy("It is shown on the site now."),
    Outcome.APPROVED: gettext_lazy(
        "It is approved. It is shown at a random time in the next days."
    ),
    Outcome.KEPT: gettext_lazy("It is kept and not shown."),
    Outcome.RETURNED: gettext_lazy("It has been sent back. The author can read your letter now."),
    Outcome.SUGGESTED: gettext_lazy(
        "The author is asked about your words now. Nothing is shown without a yes."
    ),
    Outcome.DECLINED: gettext_lazy("It was not accepted. The author can read your letter now."),
    Outcome.HIDDEN: gettext_lazy("It is hidden now. The author can read your letter."),
    Outcome.RESTORED: gettext_lazy("It is shown on the site again."),
    Outcome.REOPENED: gettext_lazy("It waits in the queue again."),
}
SHAPES: dict[str, str] = {
    State.PUBLISHED: "ok",
    State.HIDDEN: "no",
    State.DECLINED: "no",
    State.RETURNED: "wait",
}
BY_THE_AUTHOR = {
    Outcome.SENT_AGAIN,
    Outcome.ACCEPTED,
    Outcome.STOOD_BY,
    Outcome.REGRETTED,
    Outcome.WITHDRAWN,
    Outcome.KEPT,
    Outcome.ERASED,
    Outcome.REOPENED,
    Outcome.RESTORED,
}
# What the author has answered to a host's words, told above the decision that follows.
ANSWERED = {
    Outcome.ACCEPTED: gettext_lazy(
        "The author has said yes to the host's words. Something in them waits for an answer before "
        "they can be shown, or the author has not said yes to showing it."
    ),
    Outcome.STOOD_BY: gettext_lazy(
        "The author has said no to the change. These are the author's own words."
    ),
    Outcome.REGRETTED: gettext_lazy(
        "The author has taken back the yes to the change. These are the author's own words."
    ),
}


@dataclass(frozen=True)
class Place:
    """A finding with its number on the page and the words it is about."""

    number: int
    finding: Finding
    label: str
    words: str


@register.simple_tag
def places_in(
    wording: TextVersion, alias: str | None = "", attached: Iterable[Attached] = ()
) -> list[Place]:
    """What the rules noticed in a wording, in the order of the page."""
    texts = {
        "alias": alias or "",
        "title": wording.title or "",
        "proposed": wording.proposed or "",
        "text": wording.text or "",
        "photo": descriptions(one.attachment for one in attached),
    }
    order = list(texts)
    noticed = [found for found in wording.findings.all() if found.in_field in texts]
    noticed.sort(key=lambda found: (order.index(found.in_field), found.start))
    return [
        Place(number, found, label_of(found), texts[found.in_field][found.start : found.end])
        for number, found in enumerate(noticed, 1)
    ]


@register.filter
def label_of(found: Finding) -> str:
    if found.kind == Kind.CONCERN and found.level in set(Level):
        return str(GRAVE[Level(found.level)])
    return str(FOUND[Kind(found.kind)]) if found.kind in set(Kind) else found.kind


@register.filter
def open_concern(wordings: Iterable[TextVersion]) -> list[Finding]:
    """Open findings of concern in these wordings; needs `findings` prefetched."""
    noticed = (found for wording in wordings for found in wording.findings.all())
    return [found for found in noticed if found.kind == Kind.CONCERN and not found.resolved_at]


@dataclass(frozen=True)
class Alarm:
    title: str
    text: str


@register.simple_tag
def alarm_of(concerns: list[Finding], reports: Iterable[Report]) -> Alarm | None:
    """What stands above a contribution in which somebody may be in danger."""
    levels = [Level(found.level) for found in concerns if found.level in set(Level)]
    if levels:
        gravest = max(levels, key=GRAVITY.__getitem__)
        return Alarm(str(GRAVE[gravest]), str(WHAT_TO_DO[gravest]))
    if any(told.reason == ReportReason.WORRIED and not told.answered_at for told in reports):
        return Alarm(
            _("Somebody is worried about the one who wrote"),
            _("Read this first. If a life is in danger, call 112."),
        )
    return None


@register.simple_tag
def marked(text: str | None, places: list[Place], in_field: str) -> SafeString:
    """A person's words as they were written, every piece escaped, with what was found marked."""
    words, done = text or "", 0
    pieces: list[SafeString] = []
    for place in places:
        start, end = max(place.finding.start, done), min(place.finding.end, len(words))
        if place.finding.in_field != in_field or start >= end:
            continue
        pieces += [_lines(words[done:start]), _mark(words[start:end], place)]
        done = end
    pieces.append(_lines(words[done:]))
    return format_html_join("", "{}", ((piece,) for piece in pieces))


def _mark(words: str, place: Place) -> SafeString:
    named = _("found %(number)d: %(label)s") % {"number": place.number, "label": place.label}
    return format_html(
        '<mark class="find">{}<span class="vh"> ({})</span></mark>', _lines(words), named
    )


def _lines(words: str) -> SafeString:
    return SafeString(linebreaksbr(words, autoescape=True))


@register.filter
def kind_label(contribution: Contribution) -> str:
    return str(kind_of(contribution).label)


@dataclass(frozen=True)
class Standing:
    label: str
    shape: str


@register.simple_tag
def standing_for_hosts(contribution: Contribution) -> Standing:
    """The state, or while it waits by when it is to be read."""
    if contribution.state != State.PENDING:
        return Standing(contribution.get_state_display(), SHAPES.get(contribution.state, ""))
    since = contribution.state_changed_at
    day = {"day": day_in_words(read_by(since))}
    if is_overdue(since):
        return Standing(_("Should have been read on %(day)s") % day, "no")
    return Standing(_("At the latest on %(day)s") % day, "wait")


@register.simple_tag
def who_decided(decision: Decision, reader: User) -> str:
    """Who, for other hosts: hosts are named, authors never."""
    if decision.by is not None:
        return _("yourself") if decision.by == reader else name_of(decision.by)
    if decision.automated:
        return _("the system")
    if decision.outcome in BY_THE_AUTHOR:
        return _("the author")
    return _("a host who is no longer here")


@register.filter
def name_of(user: User | None) -> str:
    return (user.get_full_name() or user.email) if user else _("a host who is no longer here")


def done_sentence(decision: Decision) -> str:
    return str(DONE[Outcome(decision.outcome)])


@register.simple_tag
def answer_in_words(contribution: Contribution, decisions: list[Decision]) -> str:
    """What the author answered last to a host's words, while it waits for a host again."""
    if contribution.state != State.PENDING or not decisions:
        return ""
    return str(ANSWERED.get(Outcome(decisions[-1].outcome), ""))


@register.simple_tag
def consents_given(scopes: frozenset[str]) -> list[dict[str, Any]]:
    """The four uses and whether the author has said yes to each."""
    return [{"label": scope.label, "given": scope in scopes} for scope in Scope]


@register.simple_tag
def others_in_words(others: list[tuple[str, int]] | None) -> str:
    """The author's other contributions as figures; nothing where nothing may be told."""
    if others is None:
        return ""
    total = sum(number for _state, number in others)
    if not total:
        return _("The author's first contribution.")
    said = ngettext(
        "The author has sent one other contribution.",
        "The author has sent %(total)s other contributions.",
        total,
    ) % {"total": apnumber(total)}
    figures = " · ".join(f"{state}: {number}" for state, number in others)
    return f"{said} {figures}."


@dataclass(frozen=True)
class Event:
    at: datetime
    what: str
    words: str = ""


@register.simple_tag
def all_that_happened(
    contribution: Contribution,
    wordings: list[TextVersion],
    decisions: list[Decision],
    reports: list[Report],
    reader: User,
) -> list[Event]:
    """One line for each thing, oldest first; needs `by`, `appeal` and its `decided_by` loaded."""
    events = [_came(contribution)]
    events += [_reworded(wording) for wording in wordings if wording.number > 1]
    events += [_was_said_to(report) for report in reports]
    for decision in decisions:
        events.append(_decided(decision, reader))
        appeal = getattr(decision, "appeal", None)
        if appeal is not None:
            events += _appealed(appeal)
    return sorted(events, key=lambda event: event.at)


def _came(contribution: Contribution) -> Event:
    return Event(contribution.submitted_at or contribution.state_changed_at, _("Received."))


def _reworded(wording: TextVersion) -> Event:
    made_by = MadeBy(wording.made_by).label
    said = _("New wording, number %(number)d. Written by: %(who)s.")
    return Event(wording.created_at, said % {"number": wording.number, "who": made_by})


def _was_said_to(report: Report) -> Event:
    said = _("Somebody told us: %(reason)s.") % {"reason": report.get_reason_display()}
    return Event(report.at, said, report.text)


def _decided(decision: Decision, reader: User) -> Event:
    said = _("%(outcome)s. Reason: %(reason)s. Decided by: %(who)s.") % {
        "outcome": decision.get_outcome_display(),
        "reason": decision.get_reason_display(),
        "who": who_decided(decision, reader),
    }
    return Event(decision.at, said, decision.message or "")


def _appealed(appeal: Appeal) -> list[Event]:
    asked = Event(appeal.at, _("The author asked for another look."), appeal.text or "")
    if appeal.decided_at is None:
        return [asked]
    said = _("Looked at again. %(outcome)s. Decided by: %(who)s.") % {
        "outcome": appeal.get_outcome_display(),
        "who": name_of(appeal.decided_by),
    }
    return [asked, Event(appeal.decided_at, said, appeal.message or "")]
