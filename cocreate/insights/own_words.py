"""Staff write in words of their own: so many words in a row as somebody gave, without leave to quote
them, are refused (design §4)."""

from django.db.models import QuerySet

from cocreate.contributions.models import Consent, Scope, State, TextVersion
from cocreate.insights.errors import CopiedWords
from cocreate.text.plain import words_of
from cocreate.themes.models import Passage

IN_A_ROW = 8
# Read so many at a time: words are decrypted, and none stay in memory.
AT_A_TIME = 200

Row = tuple[str, ...]


def refuse_copied_words(*texts: str) -> None:
    """Raises CopiedWords with what was copied and from where.

    The strategy's own words are everybody's, and so are those whose author allows a quote. Words
    that were taken back are looked through as well, until they are erased.
    """
    rows = {row: words for text in texts for row, words in _rows(text)}
    if not rows:
        return
    for passage in Passage.objects.values_list("text", flat=True).iterator(AT_A_TIME):
        _leave_out(rows, passage)
    if rows:
        _refuse_any(rows)


def _refuse_any(rows: dict[Row, str]) -> None:
    quotable = _quotable()
    for text in quotable.values_list("text", flat=True).iterator(AT_A_TIME):
        _leave_out(rows, text or "")
    if not rows:
        return
    others = TextVersion.objects.exclude(pk__in=quotable.values("pk")).exclude(
        contribution__state=State.DRAFT
    )
    found: dict[str, set[str]] = {}
    for public_id, text in others.values_list("contribution__public_id", "text").iterator(
        AT_A_TIME
    ):
        same = {rows[row] for row, _words in _rows(text or "") if row in rows}
        if same:
            found.setdefault(public_id, set()).update(same)
    if found:
        raise CopiedWords(sorted(set().union(*found.values())), sorted(found))


def _quotable() -> QuerySet[TextVersion]:
    yes = Consent.objects.active().filter(scope=Scope.QUOTE)
    return TextVersion.objects.filter(pk__in=yes.values("text_version"))


def _leave_out(rows: dict[Row, str], text: str) -> None:
    for row, _words in _rows(text):
        rows.pop(row, None)


def _rows(text: str) -> list[tuple[Row, str]]:
    """Every eight words in a row, as they are compared and as they were written."""
    written = words_of(text)
    compared = [word.casefold() for word in written]
    return [
        (tuple(compared[start : start + IN_A_ROW]), " ".join(written[start : start + IN_A_ROW]))
        for start in range(len(written) - IN_A_ROW + 1)
    ]
