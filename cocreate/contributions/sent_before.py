"""What was sent from here a moment ago: the same words, mended or not, are asked about.

A browser that goes back from the receipt shows the form again, mostly as a new one with the old
words in it. Sent once more it would be a second voice with the same words, or take the place of
the first without a word about it. Only the person's own words are looked at.
"""

from typing import Any

from django.db.models import QuerySet

from cocreate.contributions.access import own
from cocreate.contributions.models import Contribution, State, TextVersion
from cocreate.contributions.operations import (
    Given,
    Words,
    new_submission_id,
    says_the_same,
    was_received,
)

WAITING = (State.PENDING, State.RETURNED)
# So many of one's own waiting wordings are compared with a new one.
MOST_COMPARED = 20
# Pieces of so many letters, and the share of the shorter text's that the longer one has: among the
# demonstration's texts no two reach 0.5, and a sentence rewritten here and there keeps 0.7.
PIECE, PIECE_OF_A_FEW_WORDS, A_FEW_WORDS = 5, 3, 30
# "Ja, tak" and "Nej, tak" share most of their pieces: of so few letters all must be the same.
TOO_SHORT_TO_COMPARE = 12
ALIKE = 0.6


def one_like(given: Given, mine: QuerySet[Contribution]) -> Contribution | None:
    """Among these, of one's own, the newest that waits and says the same or nearly."""
    if was_received(given):
        return None
    waiting = mine.filter(state__in=WAITING)
    readable = TextVersion.objects.readable_by(given.viewer).filter(contribution__in=waiting)
    newest = readable.newest().select_related("contribution").order_by("-pk")[:MOST_COMPARED]
    said = _whole(given.words)
    like = (row for row in newest if are_alike(said, f"{row.title or ''}\n{row.text or ''}"))
    return next((row.contribution for row in like), None)


def ways_on(given: Given, earlier: Contribution) -> dict[str, Any]:
    """What the page that asks needs: the ids its buttons carry, and where one can go and see.

    Only what is known to be one's own can be replaced. When the answer was lost, the form's id alone
    says so, and at a shared computer that may have been the person before.
    """
    can_see = own(given.viewer).filter(pk=earlier.pk).exists()
    by_code = earlier.receipt_id in given.viewer.receipts
    can_replace = can_see and not _says_just_the_same(given, earlier)
    return {
        "instead": earlier.public_id if can_replace else "",
        "another": new_submission_id(),
        "see": ("receipt" if by_code else "mine") if can_see else "",
    }


def _says_just_the_same(given: Given, earlier: Contribution) -> bool:
    """Words, name and consents: then there is nothing to put in its place."""
    newest = earlier.versions.last_approved()
    return newest is not None and says_the_same(earlier, newest, given)


def are_alike(one: str, other: str) -> bool:
    shorter, longer = sorted((_plain(one), _plain(other)), key=len)
    if len(shorter) < TOO_SHORT_TO_COMPARE:
        return shorter == longer
    length = PIECE_OF_A_FEW_WORDS if len(shorter) < A_FEW_WORDS else PIECE
    pieces = _pieces(shorter, length)
    return len(pieces & _pieces(longer, length)) >= ALIKE * len(pieces)


def _whole(words: Words) -> str:
    return f"{words.title}\n{words.text}"


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())


def _pieces(text: str, length: int) -> set[str]:
    return {text[at : at + length] for at in range(max(1, len(text) - length + 1))}
