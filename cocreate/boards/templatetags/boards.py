"""Words, dots and attributes of a board's pages. In a sentence with a number the number is a # that
the script fills in too, so that both say the same."""

from collections.abc import Collection
from typing import TypedDict

from django import template
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from cocreate.boards.held import became
from cocreate.boards.models import Board, HideReason, Phase, Workshop

register = template.Library()

FILLED, EMPTY = "●", "○"
MOST_FACE_DOWN = 60


# --- sentences with a number ----------------------------------------------------------------------


def _notes(n: int) -> str:
    return ngettext("# note", "# notes", n)


def _votes(n: int) -> str:
    return ngettext("# vote", "# votes", n)


def _people(n: int) -> str:
    return ngettext("# is here", "# are here", n)


def _given(n: int) -> str:
    """What the button for one more vote is called when there is one already."""
    return ngettext(
        "Give one more vote. You have given # vote.",
        "Give one more vote. You have given # votes.",
        n,
    )


def _new(n: int) -> str:
    return ngettext("# new note", "# new notes", n)


def _moved(n: int) -> str:
    return ngettext("# note was moved", "# notes were moved", n)


def _gone(n: int) -> str:
    return ngettext("# note was taken away", "# notes were taken away", n)


SENTENCES = {
    "notes": _notes,
    "votes": _votes,
    "people": _people,
    "given": _given,
    "new": _new,
    "moved": _moved,
    "gone": _gone,
}


@register.simple_tag
def plural_words() -> SafeString:
    """The sentences with a number, for the script: data-say-notes-one, data-say-notes-many …"""
    pairs = [(name, n, say(2 if n == "many" else 1)) for name, say in SENTENCES.items() for n in N]
    return format_html_join(" ", 'data-say-{}-{}="{}"', pairs)


N = ("one", "many")


@register.filter
def notes_words(n: int) -> str:
    return _notes(n).replace("#", str(n))


@register.filter
def votes_words(n: int | None) -> str:
    return _votes(n or 0).replace("#", str(n or 0))


@register.filter
def given_words(n: int | None) -> str:
    return _given(n).replace("#", str(n)) if n else _("Give a vote")


@register.filter
def left_words(left: int, budget: int) -> str:
    """Two numbers: § is how many there are to give."""
    return _("# of § votes left").replace("#", str(left)).replace("§", str(budget))


@register.filter
def dots(n: int | None) -> str:
    return FILLED * n if n else EMPTY


@register.simple_tag
def votes_drawn(used: int, budget: int) -> str:
    """The votes one still has are filled."""
    return FILLED * max(0, budget - used) + EMPTY * min(used, budget)


@register.filter
def why_hidden(reason: str) -> str:
    """Told to its author: that others do not see it, and why."""
    return _("Hidden by the facilitator: %(reason)s") % {"reason": HideReason(reason).label}


register.filter(became)


@register.filter
def face_down(n: int) -> range:
    """So many slips with their backs up: one sees that people write. A number says how many."""
    return range(min(n, MOST_FACE_DOWN))


# --- how things stand -----------------------------------------------------------------------------


class Step(TypedDict):
    phase: str
    label: str
    state: str


@register.simple_tag
def phase_steps(board: Board) -> list[Step]:
    """The phases of this board, each done, here or ahead (empty)."""
    at = board.phases.index(board.phase)
    states = ["done" if n < at else "here" if n == at else "" for n in range(len(board.phases))]
    return [
        {"phase": phase, "label": str(Phase(phase).label), "state": state}
        for phase, state in zip(board.phases, states, strict=True)
    ]


@register.simple_tag(takes_context=True)
def hidden_unless(context: template.Context, words: str) -> str:
    """The attribute `hidden` when none of the words says how things stand (boards.situation)."""
    situation: Collection[str] = context.get("situation") or ()
    shown = any(word in situation for word in words.split())
    return "" if shown else " hidden"


@register.simple_tag
def board_attributes(workshop: Workshop, board: Board, asked_as: str = "") -> SafeString:
    """Where the script finds the board; `asked_as` is empty, tovholder or laerred."""
    return format_html(
        'data-board data-socket="/ws/v/{}/?som={}&amp;sprog={}" data-ops="{}?som={}" '
        'data-seq="{}" data-template="{}"',
        workshop.code,
        asked_as,
        get_language(),
        reverse("board_ops", args=[workshop.code]),
        asked_as,
        board.seq,
        board.template,
    )
