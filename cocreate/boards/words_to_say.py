"""What a facilitator says and does in each phase, in words to be read aloud."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cocreate.boards.models import Board, Phase, Template


@dataclass(frozen=True)
class Script:
    """`on` is what the button to this phase says, `minutes` what it usually takes."""

    say: Promise
    on: Promise
    minutes: int


HIDDEN = Script(
    _(
        "Read the question aloud. Each person writes for themselves, one thought on each note. "
        "Nobody sees the notes of others before you turn them over."
    ),
    _("Begin to write"),
    10,
)
OPEN = Script(
    _("Read the question aloud. One thought on each note. Everybody sees the notes as they come."),
    _("Begin to write"),
    10,
)
CLUSTER = Script(
    _(
        "Put together what belongs together, and give each group a name. Everybody may move the "
        "notes. Two may be of two minds about it: then let both notes stand."
    ),
    _("Turn the notes over and group them"),
    15,
)
VOTE = Script(
    _(
        "Give your votes to what matters most to you. You may put several on one note. Nobody sees "
        "them before I end the vote."
    ),
    _("Begin the vote"),
    5,
)
DISCUSS = Script(
    _(
        "Begin with what most chose, and ask what lies behind it. A note with one vote may be the "
        "one we have overlooked."
    ),
    _("End the vote and show it"),
    12,
)
TALK = Script(
    _("Look at the board together. What surprises you, and what is missing?"),
    _("Go on to talking together"),
    20,
)
CLOSED = Script(
    _("Thank you for today. Tell people what happens with the notes now, and when they hear more."),
    _("Close and harvest"),
    0,
)


def script_of(board: Board, phase: str) -> Script:
    if phase == Phase.COLLECT:
        return HIDDEN if board.hidden else OPEN
    if phase == Phase.DISCUSS:
        return TALK if board.template == Template.FREE else DISCUSS
    return {Phase.CLUSTER: CLUSTER, Phase.VOTE: VOTE, Phase.CLOSED: CLOSED}[Phase(phase)]


def after(board: Board) -> str | None:
    """The next phase; None when it is closed."""
    place = board.phases.index(board.phase) + 1
    return board.phases[place] if place < len(board.phases) else None


def before(board: Board) -> str | None:
    place = board.phases.index(board.phase) - 1
    return board.phases[place] if place >= 0 else None
