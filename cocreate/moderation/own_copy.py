"""Everything that is kept of what somebody gave, gathered for its author alone (trust row 58)."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.template.loader import render_to_string
from django.utils.html import strip_tags
from django.utils.translation import gettext as _

from cocreate.contributions import kinds
from cocreate.contributions.access import own
from cocreate.contributions.models import Contribution
from cocreate.contributions.viewer import Viewer
from cocreate.moderation.models import Appeal, Decision, Message, SuggestedEdit
from cocreate.moderation.templatetags.author import TOLD

Copy = dict[str, Any]


def copy_for(viewer: Viewer) -> Copy:
    """What lies under this account or this opened code. Hosts are not named, as on the page."""
    given = list(own(viewer).select_related("theme").order_by("submitted_at", "pk"))
    followed = kinds.sequels(given)
    return {
        "contributions": [_copy_of(row, followed.get(row.pk, [])) for row in given],
        "other": [
            [{"what": what, "words": words} for what, words in one]
            for one in kinds.words_held_by(viewer.receipts)
        ],
    }


def _copy_of(row: Contribution, followed: Sequence[kinds.Followed]) -> Copy:
    decisions = row.decisions.select_related("appeal", "suggested_edit__version").order_by(
        "at", "pk"
    )
    return {
        "id": row.public_id,
        "kind": str(kinds.kind_of(row).label),
        "state": row.get_state_display(),
        "sent": _at(row.submitted_at),
        "name": row.alias or "",
        "role": row.get_role_display(),
        "theme": row.theme.title if row.theme else "",
        "guidelines": list(row.guidelines.values_list("code", flat=True)),
        "wordings": [
            {
                "number": wording.number,
                "written_by": wording.get_made_by_display(),
                "written": _at(wording.created_at),
                "approved": _at(wording.approved_by_author_at),
                "title": wording.title or "",
                "text": wording.text or "",
                "proposed": wording.proposed or "",
            }
            for wording in row.versions.order_by("number")
        ],
        "consents": [
            {
                "to": consent.get_scope_display(),
                "wording": consent.text_version.number,
                "question": consent.wording_version,
                "given": _at(consent.given_at),
                "how": consent.get_given_how_display(),
                "taken_back": _at(consent.revoked_at),
            }
            for consent in row.consents.select_related("text_version").order_by("given_at", "pk")
        ],
        "decisions": [_decision(decision) for decision in decisions],
        "messages": [_message(message) for message in row.messages.order_by("at", "pk")],
        "became": [line for part in followed for line in _lines_of(part)],
    }


def _decision(decision: Decision) -> Copy:
    edit = getattr(decision, "suggested_edit", None)
    appeal = getattr(decision, "appeal", None)
    return {
        "what": str(TOLD.get(decision.outcome, decision.get_outcome_display())),
        "reason": decision.get_reason_display(),
        "message": decision.message or "",
        "automated": decision.automated,
        "at": _at(decision.at),
        **({"edit": _edit(edit)} if isinstance(edit, SuggestedEdit) else {}),
        **({"appeal": _appeal(appeal)} if isinstance(appeal, Appeal) else {}),
    }


def _edit(edit: SuggestedEdit) -> Copy:
    return {
        "wording": edit.version.number,
        "answer": edit.get_answer_display() if edit.answer else "",
        "answered": _at(edit.answered_at),
        "taken_back": _at(edit.regretted_at),
    }


def _appeal(appeal: Appeal) -> Copy:
    return {
        "text": appeal.text or "",
        "asked": _at(appeal.at),
        "outcome": appeal.get_outcome_display() if appeal.outcome else "",
        "answer": appeal.message or "",
        "answered": _at(appeal.decided_at),
    }


def _message(message: Message) -> Copy:
    return {
        "from": _("A host") if message.from_host else _("You"),
        "text": message.text or "",
        "at": _at(message.at),
    }


def _lines_of(part: kinds.Followed) -> list[str]:
    """What the author's own page says of it, as lines."""
    html = render_to_string(part.template, {"trail": part.trail})
    return [" ".join(line.split()) for line in strip_tags(html).splitlines() if line.strip()]


def _at(moment: datetime | None) -> str:
    return moment.isoformat(timespec="seconds") if moment is not None else ""
