"""What happens with what somebody gave, in plain words to the one who gave it (domain §3.2)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import template
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cocreate.contributions.models import Contribution, Scope, State
from cocreate.moderation.deadlines import is_overdue, read_by
from cocreate.moderation.models import (
    Appeal,
    AppealOutcome,
    Decision,
    Outcome,
    Reason,
    SuggestedEdit,
)
from cocreate.moderation.templatetags.days import day_in_words
from cocreate.text.html import to_html

register = template.Library()

LABELS: dict[str, Promise] = {
    State.DRAFT: gettext_lazy("Not sent yet"),
    State.PENDING: gettext_lazy("Waits for a host"),
    State.RETURNED: gettext_lazy("Waits for you"),
    State.APPROVED: gettext_lazy("Approved, not shown yet"),
    State.PUBLISHED: gettext_lazy("Shown on the site"),
    State.HIDDEN: gettext_lazy("Hidden"),
    State.KEPT: gettext_lazy("Read, not shown"),
    State.DECLINED: gettext_lazy("Not shown"),
}
SHAPES: dict[str, str] = {
    State.PUBLISHED: "ok",
    State.APPROVED: "ok",
    State.PENDING: "wait",
    State.RETURNED: "wait",
    State.HIDDEN: "no",
    State.DECLINED: "no",
    State.KEPT: "info",
}
# What a decision was, told to the author.
TOLD: dict[str, Promise] = {
    Outcome.SENT_AGAIN: gettext_lazy("You sent a new text"),
    Outcome.APPROVED: gettext_lazy("A host has read and approved it"),
    Outcome.PUBLISHED: gettext_lazy("Shown on the site"),
    Outcome.KEPT: gettext_lazy("A host has read it"),
    Outcome.RETURNED: gettext_lazy("A host has sent it back to you"),
    Outcome.SUGGESTED: gettext_lazy("A host proposes a change"),
    Outcome.ACCEPTED: gettext_lazy("You said yes to the host's words"),
    Outcome.STOOD_BY: gettext_lazy("You said no to the host's words"),
    Outcome.REGRETTED: gettext_lazy("You took back your yes to the host's words"),
    Outcome.UNANSWERED: gettext_lazy("The time for an answer ran out"),
    Outcome.DECLINED: gettext_lazy("A host has decided not to show it"),
    Outcome.HIDDEN: gettext_lazy("A host has hidden it"),
    Outcome.RESTORED: gettext_lazy("Shown on the site again"),
    Outcome.REOPENED: gettext_lazy("It waits for a host again"),
    Outcome.WITHDRAWN: gettext_lazy("You took it back"),
}


@dataclass(frozen=True)
class Standing:
    """How a contribution stands: a word with a shape, and what happens next and by when."""

    label: str
    shape: str
    text: str


@dataclass(frozen=True)
class Letter:
    """What a host wrote to the author. Hosts are not named to authors."""

    at: datetime
    outcome: str
    reason: str
    html: SafeString


@register.simple_tag
def standing(
    contribution: Contribution, decisions: Sequence[Decision], scopes: frozenset[str]
) -> Standing:
    """Needs `decisions` oldest first with their appeals."""
    state = contribution.state
    if state == State.WITHDRAWN:
        day = day_in_words(contribution.withdrawn_at)
        return Standing(_("Taken back on %(day)s") % {"day": day}, "", _taken_back())
    label = str(LABELS[state])
    return Standing(label, SHAPES.get(state, ""), _what_now(contribution, decisions, scopes))


def _taken_back() -> str:
    return _("Nobody can read it here any more, and neither can our hosts.")


def _what_now(
    contribution: Contribution, decisions: Sequence[Decision], scopes: frozenset[str]
) -> str:
    match contribution.state:
        case State.PENDING:
            return _reading(contribution, shown=Scope.SHOW in scopes)
        case State.RETURNED if edit := open_edit_of(decisions):
            day = day_in_words(edit.answer_by)
            return _(
                "A host proposes other words. Answer on %(day)s at the latest. Nothing is shown "
                "without your yes."
            ) % {"day": day}
        case State.RETURNED:
            return _(
                "Read what the host has written. You can change the text and send it again, or "
                "take it back. There is no deadline."
            )
        case State.APPROVED:
            day = day_in_words(contribution.publish_at)
            return _("It is shown on %(day)s. You can take it back.") % {"day": day}
        case State.PUBLISHED:
            return _("Everybody can read it. You can take it back at any time.")
        case State.KEPT if decisions and decisions[-1].outcome == Outcome.UNANSWERED:
            return _unanswered(scopes)
        case State.KEPT if not scopes:
            return _("We have read it. We do not use it for anything.")
        case State.KEPT:
            return _("We have read it. We use it only for what you have said yes to.")
        case State.HIDDEN | State.DECLINED:
            return f"{_unseen(contribution)} {_second_look(decisions)}".strip()
        case _:
            return ""


def _unanswered(scopes: frozenset[str]) -> str:
    said = _(
        "A host proposed other words, and you have not answered. So it is not shown, in your words "
        "or in ours. If you still want it shown, send it to us as something new."
    )
    if Scope.ANALYSE not in scopes:
        return said
    gathered = _("We use it when we gather what many say, as you have said yes to.")
    return f"{said} {gathered}"


def _reading(contribution: Contribution, *, shown: bool) -> str:
    since = contribution.state_changed_at
    day = day_in_words(read_by(since))
    if is_overdue(since):
        return _(
            "We promised to read it on %(day)s at the latest. We have not managed that, and we are "
            "sorry. It is among the first that we read now."
        ) % {"day": day}
    said = _("A host reads it on %(day)s at the latest.") % {"day": day}
    if shown:
        return said
    not_shown = _("It will not be shown, because you have not said yes to that.")
    return f"{said} {not_shown}"


def _unseen(contribution: Contribution) -> str:
    if contribution.state == State.HIDDEN:
        return _("Only you and our hosts can read it now.")
    return _("Only you and our hosts can read it.")


def _second_look(decisions: Sequence[Decision]) -> str:
    appeal = appeal_of(decisions)
    if decisions and decisions[-1].reason == Reason.LOST_CODE:
        return _("Somebody says that it is theirs and that they have lost the code.")
    if appeal is None:
        return _("If you disagree, you can ask another host to look at it.")
    if appeal.decided_at is None:
        day = day_in_words(read_by(appeal.at))
        asked = _(
            "You have asked another host to look at it. You get an answer on %(day)s at the latest."
        )
        return asked % {"day": day}
    return _("Another host has looked at it, and the decision stands.")


def appeal_of(decisions: Sequence[Decision]) -> Appeal | None:
    """The appeal of the newest decision, if the author has asked for one."""
    appeal = getattr(decisions[-1], "appeal", None) if decisions else None
    return appeal if isinstance(appeal, Appeal) else None


def newest_edit_of(decisions: Sequence[Decision]) -> SuggestedEdit | None:
    """What a host proposed last; needs `suggested_edit` loaded."""
    edits = (getattr(decision, "suggested_edit", None) for decision in reversed(decisions))
    return next((edit for edit in edits if isinstance(edit, SuggestedEdit)), None)


def open_edit_of(decisions: Sequence[Decision]) -> SuggestedEdit | None:
    """The question that its author has not answered yet."""
    edit = newest_edit_of(decisions)
    return edit if edit is not None and edit.is_open else None


@register.simple_tag
def letters(decisions: Sequence[Decision]) -> list[Letter]:
    """What hosts have written, newest first."""
    found = [
        Letter(
            decision.at,
            _told(decision),
            str(decision.get_reason_display()) if decision.is_restriction else "",
            to_html(decision.message),
        )
        for decision in decisions
        if decision.message
    ]
    found += [_refused(appeal) for appeal in map(_appeal, decisions) if appeal and _stands(appeal)]
    return sorted(found, key=lambda letter: letter.at, reverse=True)


def _appeal(decision: Decision) -> Appeal | None:
    return appeal_of([decision])


def _stands(appeal: Appeal) -> bool:
    """A changed decision has its own letter on the decision that changed it."""
    return appeal.outcome == AppealOutcome.REFUSED


def _refused(appeal: Appeal) -> Letter:
    said = _("Another host has let the decision stand")
    return Letter(appeal.decided_at or appeal.at, said, "", to_html(appeal.message or ""))


def _told(decision: Decision) -> str:
    if decision.outcome == Outcome.KEPT and decision.by is None:
        return _("You took back the yes to showing it")
    if decision.reason == Reason.LOST_CODE and decision.outcome == Outcome.WITHDRAWN:
        return _("Taken back, since nobody with the code objected")
    return str(TOLD.get(decision.outcome, decision.get_outcome_display()))


@register.simple_tag
def way_so_far(contribution: Contribution, decisions: Sequence[Decision]) -> list[dict[str, Any]]:
    """The red thread from the day it came to now, as components/path.html takes it."""
    steps = [_step(_("We received it"), contribution.submitted_at)]
    for decision in decisions:
        steps.append(_step(_told(decision), decision.at))
        appeal = _appeal(decision)
        if appeal is not None:
            steps.append(_step(_("You asked another host to look at it"), appeal.at))
    if contribution.state == State.PENDING:
        day = day_in_words(read_by(contribution.state_changed_at))
        when = _("At the latest on %(day)s") % {"day": day}
        steps.append({"title": _("A host reads it"), "when": when})
    steps[-1]["state"] = "here"
    return steps


def _step(title: str, at: datetime | None) -> dict[str, Any]:
    return {"title": title, "when": capfirst(day_in_words(at))}
