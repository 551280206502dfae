"""Why an operation refused. Views turn each into a sentence; nothing was changed."""


class Refused(Exception):
    """The decision cannot be made; nothing was saved."""


class NotFromHere(Refused):
    """The contribution is not in a state from which this can be done (somebody was quicker)."""


class OpenFindings(Refused):
    """Findings of the rules wait for a host's answer before anything may be shown."""


class NoConsentToShow(Refused):
    """The author has not allowed this wording to be shown."""


class WantsToBeShown(Refused):
    """The author allowed it to be shown; holding it back needs a reason and a message."""


class NotApproved(Refused):
    """The wording is not one its author has approved."""


class NothingToShow(Refused):
    """There are no words, and no picture that may be shown either."""


class OwnContribution(Refused):
    """Nobody decides on what they wrote themselves."""


class ReasonMissing(Refused):
    """A restriction without a reason, or without words to the one it concerns."""


class NothingProposed(Refused):
    """The host's wording says what the author's says already."""


class WordsTooLong(Refused):
    """The host's wording has no room where the author's stands."""


class SamePersonAgain(Refused):
    """An appeal is decided by another host than the first decision."""


class AlreadyObjected(Refused):
    """The holder of the code has said that it is theirs."""


class AppealWaits(Refused):
    """The author has asked for another look, and nobody goes round the host who is to answer."""
