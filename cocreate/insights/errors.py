"""Why an analyst's wish is not carried out. The views say it in a sentence; nothing is saved."""

from collections.abc import Sequence


class Refused(Exception):
    """The parent of all of them."""


class NotAnalysable(Refused):
    """The contribution has been taken back, hidden or reworded meanwhile, or was never open to it."""


class PlaceOutsideTheText(Refused):
    """A mark or a quote that is empty or reaches beyond the wording."""


class AlreadyUsed(Refused):
    """What stands behind an insight is not told to be unused."""


class QuoteNotAllowed(Refused):
    """Its author has not allowed this wording to be quoted, or it is not shown."""


class QuoteTooLong(Refused):
    """Longer than a short quote is."""


class NothingSaid(Refused):
    """A sentence, a name or a reason that has to be there is empty."""


class TreeTooDeep(Refused):
    """A code below a code below a code."""


class CodeInUse(Refused):
    """A code that has places marked with it, or codes below it, cannot be deleted."""


class NothingBehindIt(Refused):
    """An insight is shown only with a voice that says it."""


class RestsOnIt(Refused):
    """An insight that a public amendment rests on cannot be taken down."""


class CopiedWords(Refused):
    """Staff's text has as many words in a row as a person wrote without allowing a quote."""

    def __init__(self, passages: Sequence[str], public_ids: Sequence[str]) -> None:
        super().__init__()
        self.passages = passages
        self.public_ids = public_ids
