"""Why something was not done, in one sentence that helps. What was written stays with its author."""

from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Code(StrEnum):
    BAD = "bad"
    NOT_ALLOWED = "not_allowed"
    PHASE = "phase"
    PAUSED = "paused"
    CLOSED = "closed"
    EMPTY = "empty"
    TOO_LONG = "too_long"
    FULL = "full"
    GONE = "gone"
    CHANGED = "changed"
    NO_DOTS = "no_dots"
    NUMBER = "number"
    SURE = "sure"
    TOO_FAST = "too_fast"
    BUSY = "busy"
    UNAVAILABLE = "unavailable"


SENTENCES: dict[str, Promise] = {
    Code.BAD: _("The page and the board do not agree. Load the page again."),
    Code.NOT_ALLOWED: _("Only the facilitator can do that."),
    Code.PHASE: _("That cannot be done in this phase. What you wrote is still here."),
    Code.PAUSED: _("The facilitator has paused the board. What you wrote is still here."),
    Code.CLOSED: _("The board is closed. What you wrote is still here."),
    Code.EMPTY: _("Write something on the note first."),
    Code.TOO_LONG: _("The note is too long. A note has room for 1,000 characters."),
    Code.FULL: _("There is no room for more on this board. Tell the facilitator."),
    Code.GONE: _("It is no longer on the board."),
    Code.CHANGED: _("Somebody changed it in the meantime. Look again before you go on."),
    Code.NO_DOTS: _("You have no votes left. Take one back to give it to another note."),
    Code.NUMBER: _("It looks like a CPR number. Take it out, and the note can be sent."),
    Code.SURE: _(
        "It looks as if there is a phone number, an e-mail address or a home address in it. "
        "Everybody here can read it. Take it out, or send it as it is."
    ),
    Code.TOO_FAST: _("That was many at once. Wait a moment; what you wrote is still here."),
    Code.BUSY: _("The board is busy. We try again in a moment."),
    Code.UNAVAILABLE: _("We cannot save right now. What you wrote is still here."),
}


class Refused(Exception):
    """One operation is not done; the others of its batch are."""

    def __init__(self, code: Code) -> None:
        super().__init__(code)
        self.code = code

    @property
    def sentence(self) -> str:
        return str(SENTENCES[self.code])
