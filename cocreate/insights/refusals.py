"""Why an analyst's wish was not carried out, in a sentence, with the status of the answer."""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from cocreate.contributions.viewer import Viewer
from cocreate.insights import access
from cocreate.insights.errors import (
    AlreadyUsed,
    CodeInUse,
    CopiedWords,
    NotAnalysable,
    NothingBehindIt,
    NothingSaid,
    PlaceOutsideTheText,
    QuoteNotAllowed,
    QuoteTooLong,
    Refused,
    RestsOnIt,
    TreeTooDeep,
)
from cocreate.insights.models import LONGEST_QUOTE
from cocreate.insights.presenting import copied_parts

UNPROCESSABLE, CONFLICT = 422, 409


class NewWording(Refused):
    """The author has sent other words than those the analyst has read."""


@dataclass(frozen=True)
class Refusal:
    """`copied` are the words that somebody else wrote, `sources` the public ids of those of them
    that this analyst may read."""

    sentence: str
    status: int = UNPROCESSABLE
    copied: list[str] = field(default_factory=list)
    sources: list[str] = field(default_factory=list)


def refusal_of(refused: Refused, viewer: Viewer, *texts: str) -> Refusal:
    """`texts` are what was typed."""
    if isinstance(refused, CopiedWords):
        return _copied(refused, viewer, texts)
    status = CONFLICT if isinstance(refused, NotAnalysable | NewWording) else UNPROCESSABLE
    return Refusal(_sentence(refused), status)


def _copied(refused: CopiedWords, viewer: Viewer, texts: tuple[str, ...]) -> Refusal:
    readable = access.analysable(viewer).filter(public_id__in=refused.public_ids)
    return Refusal(
        _("Write it in your own words. This is what somebody has written to us:"),
        copied=copied_parts(texts, refused.passages) or list(refused.passages),
        sources=list(readable.order_by("pk").values_list("public_id", flat=True)),
    )


def _sentence(refused: Refused) -> str:
    match refused:
        case NotAnalysable():
            return _("It is not here to be used any more. Its author may have taken it back.")
        case NewWording():
            return _(
                "The author has changed the text since you read it. Read the new text, and choose "
                "the place again."
            )
        case PlaceOutsideTheText():
            return _("The place does not lie in the text. Choose it again.")
        case QuoteTooLong():
            return _("The quote is too long. Choose a place of at most %(limit)d characters.") % {
                "limit": LONGEST_QUOTE
            }
        case QuoteNotAllowed():
            return _(
                "It cannot be quoted: its author has not said yes to that, or it is not shown."
            )
        case TreeTooDeep():
            return _("There are already three levels of codes. Put the new code one level higher.")
        case CodeInUse():
            return _("The code is in use, so it stays.")
        case NothingBehindIt():
            return _("An insight is shown only when at least one contribution says the same.")
        case RestsOnIt():
            return _("A proposed change of the strategy rests on this insight, so it stays.")
        case AlreadyUsed():
            return _(
                "It stands behind an insight. Take it out there first, if it is not to be used."
            )
        case NothingSaid():
            return _("Something has to be written here.")
        case _:
            return _("Nothing has been changed.")
