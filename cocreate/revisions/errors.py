"""Why something in a revision is not done. The views say it in a sentence; nothing is saved."""

from collections.abc import Sequence


class Refused(Exception):
    """The parent of all of them."""


class PromiseMissing(Refused):
    """A process opens with its frame, its promise, a responder and a date for the answer."""

    def __init__(self, missing: Sequence[str]) -> None:
        super().__init__()
        self.missing = missing


class NoOpenProcess(Refused):
    """Nothing is open that could take it."""


class WrongPassages(Refused):
    """The passages do not fit what the amendment does: one to change or leave out, two or more to put
    together, none for something new."""


class NotInForce(Refused):
    """A passage of it does not stand in the edition in force: it was left out or put together."""


class TextMissing(Refused):
    """New words are missing."""


class TextUnchanged(Refused):
    """The new words are the words in force."""


class ReasonMissing(Refused):
    """Nothing is put forward or decided without a reason."""


class RestsOnNothing(Refused):
    """An amendment rests on an insight, or says in words that the administration wants it."""


class NotPutForward(Refused):
    """A decision needs an amendment that everybody can read, from before the meeting."""


class NotYet(Refused):
    """The meeting lies in the future."""


class TakenBack(Refused):
    """The proposal is not shown any more; there is nothing to decide on."""


class Undecided(Refused):
    """Every amendment of the process gets an answer with a reason before an edition is adopted."""

    def __init__(self, labels: Sequence[str]) -> None:
        super().__init__()
        self.labels = labels


class OthersWords(Refused):
    """A proposal is its author's. The administration makes an amendment of its own."""


class NewerVersion(Refused):
    """Somebody has written a newer version than the one this was written from."""


class NewerThanTheMeeting(Refused):
    """The wording was written after the meeting that is said to have decided on it."""


class TakenByAnother(Refused):
    """Another amendment that waits for the next edition is about the same passage or place."""

    def __init__(self, label: str) -> None:
        super().__init__()
        self.label = label


class NotForReal(Refused):
    """A demonstration changes demonstrations alone, and a real process the real strategy."""


class EditionUnnamed(Refused):
    """An edition has a title, and somebody adopted it."""


class WrongDate(Refused):
    """An edition is adopted after the decisions it is made of, and not in the future."""


class NothingLeft(Refused):
    """No guideline would be left."""


class AlreadyDecided(Refused):
    """The decision about it has been made."""


class HasChangedSince(Refused):
    """The words in force are no longer those the amendment was written about."""

    def __init__(self, label: str) -> None:
        super().__init__()
        self.label = label


class FinalTextMissing(Refused):
    """Adopted with a change, or adopted from a proposal without words: the final words are needed."""


class FinalTextNotAsked(Refused):
    """Final words belong only to what is adopted with a change."""


class NothingToAdopt(Refused):
    """No decided amendment waits for an edition."""


class DecidedMeanwhile(Refused):
    """Other decisions wait for the edition than those that were looked at."""


class SamePassageTwice(Refused):
    """Two adopted amendments are about the same passage."""

    def __init__(self, first: str, second: str) -> None:
        super().__init__()
        self.first, self.second = first, second
