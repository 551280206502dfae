"""Staff write in words of their own: so many words in a row as somebody gave are refused (design §4).

Also of those who allow a quote: what staff write stays, and a quote has to go when its author takes
it back. So a quote is a place in the author's own text (models.Evidence), never a copy of it.
"""

from cocreate.contributions.models import Contribution
from cocreate.contributions.own_words import copied_words
from cocreate.insights.errors import CopiedWords


def refuse_copied_words(*texts: str, but: Contribution | None = None) -> None:
    """Raises CopiedWords with what was copied and from where. `but` is the proposal that is decided
    on: its words may be taken up."""
    copied = copied_words(*texts, but=but)
    if copied:
        raise CopiedWords(copied.passages, copied.public_ids)
