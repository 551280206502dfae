"""Why an analyst's wish was not carried out, in a sentence, with the status of the answer."""

from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from cocreate.contributions.viewer import Viewer
from cocreate.insights import refusals
from cocreate.insights.errors import CopiedWords
from cocreate.insights.refusals import CONFLICT, UNPROCESSABLE, Refusal
from cocreate.revisions import errors

Refused = (errors.Refused, CopiedWords)
# Somebody else was faster: what the page showed is not so any more.
MEANWHILE = (
    errors.AlreadyDecided,
    errors.HasChangedSince,
    errors.NotInForce,
    errors.NothingToAdopt,
    errors.TakenBack,
    errors.TakenByAnother,
    errors.NewerVersion,
    errors.DecidedMeanwhile,
)


def refusal_of(refused: Exception, viewer: Viewer, *texts: str) -> Refusal:
    """`texts` are what was typed."""
    if isinstance(refused, CopiedWords):
        return refusals.refusal_of(refused, viewer, *texts)
    status = CONFLICT if isinstance(refused, MEANWHILE) else UNPROCESSABLE
    return Refusal(_sentence(refused), status)


def _sentence(refused: Exception) -> str:
    match refused:
        case errors.NoOpenProcess():
            return _("The process is not open, so nothing can be put forward in it. Open it first.")
        case errors.WrongPassages():
            return _(
                "The passages do not fit what it does. Choose one to change or leave out, two or "
                "more guidelines to put together, and none for something new. Of a preface, a "
                "signature, a vision, a challenge and a lead-in there can be only one."
            )
        case errors.NotInForce():
            return _("A passage of it does not stand in the strategy any more.")
        case errors.TextMissing():
            return _("The new words are missing.")
        case errors.TextUnchanged():
            return _("The new words are the same as those in force.")
        case errors.ReasonMissing():
            return _("The reason is missing.")
        case errors.RestsOnNothing():
            return _(
                "It rests on nothing yet. Choose an insight that everybody can read, or write why "
                "the administration itself wants it."
            )
        case errors.NotPutForward():
            return _(
                "It was not put forward at the time of the meeting, so nobody could read it. Look "
                "at the date."
            )
        case errors.NotYet():
            return _("The meeting lies in the future. Write down the decision when it is made.")
        case errors.FinalTextMissing():
            return _("Write the final words: those that are to stand in the strategy.")
        case errors.FinalTextNotAsked():
            return _(
                "Final words belong only to what is adopted with a change. Choose that, or take "
                "them out."
            )
        case errors.OthersWords():
            return _("A proposal is its author's. Make an amendment of your own instead.")
        case errors.NewerThanTheMeeting():
            return _("The newest version was written after the meeting. Look at the date.")
        case _:
            return _of_an_edition(refused)


def _of_an_edition(refused: Exception) -> str:
    match refused:
        case errors.NotForReal():
            return _(
                "A demonstration changes demonstrations alone, and a real process the real strategy."
            )
        case errors.EditionUnnamed():
            return _("Write what the edition is called and who adopted it.")
        case errors.WrongDate():
            return _(
                "An edition is adopted on the day of its last decision or later, and not in the "
                "future. Look at the date."
            )
        case errors.NothingLeft():
            return _("No guideline would be left in the strategy.")
        case _:
            return _meanwhile(refused)


def _meanwhile(refused: Exception) -> str:
    match refused:
        case errors.TakenBack():
            return _("The proposal is not shown any more, so there is nothing to decide on.")
        case errors.AlreadyDecided():
            return _("It has been decided already. What was decided stands.")
        case errors.TakenByAnother(label=label):
            return _(
                "%(label)s is adopted and wants the same place in the next edition. Only one of "
                "them can come into it."
            ) % {"label": label}
        case errors.HasChangedSince(label=label):
            return _(
                "The words in force have changed since %(label)s was written. Look at it again "
                "before it is adopted."
            ) % {"label": label}
        case errors.Undecided(labels=labels):
            return _("These have no answer yet: %(labels)s. Each gets one with a reason first.") % {
                "labels": get_text_list(list(labels), _("and"))
            }
        case errors.SamePassageTwice(first=first, second=second):
            return _(
                "%(first)s and %(second)s are both adopted and about the same passage. Only one of "
                "them can come into the edition."
            ) % {"first": first, "second": second}
        case errors.NothingToAdopt():
            return _("No adopted amendment waits for an edition.")
        case errors.NewerVersion():
            return _(
                "Somebody has written a newer version since you opened the page. Yours is here and "
                "has not been saved. Read the newer one, and save yours again if you still want it."
            )
        case errors.DecidedMeanwhile():
            return _(
                "Something was decided since you opened the page. Look at what would come into the "
                "edition now, and adopt it again."
            )
        case _:
            return _("Nothing has been changed.")
