"""What analysts do: mark places, gather them into insights, and say what was not used and why."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.db.models import Max, ProtectedError
from django.utils import timezone

from cocreate.accounts.models import User
from cocreate.contributions.models import Contribution, TextVersion
from cocreate.contributions.viewer import Viewer
from cocreate.insights import access
from cocreate.insights.errors import (
    AlreadyUsed,
    CodeInUse,
    NotAnalysable,
    NothingBehindIt,
    NothingSaid,
    PlaceOutsideTheText,
    QuoteNotAllowed,
    QuoteTooLong,
    RestsOnIt,
    TreeTooDeep,
)
from cocreate.insights.models import (
    DEEPEST_CODE,
    LONGEST_QUOTE,
    Code,
    Evidence,
    Excerpt,
    Insight,
    SetAside,
    Stance,
)
from cocreate.insights.own_words import refuse_copied_words
from cocreate.insights.pages import insight_keys
from cocreate.pagecache.models import bump
from cocreate.themes.models import Guideline, Strategy, Theme

# --- coding ---------------------------------------------------------------------------------------


def make_code(name: str, *, by: User, under: Code | None = None) -> Code:
    """The code of this name in this place of the tree, made when it is new.

    Raises NothingSaid, TreeTooDeep, CopiedWords.
    """
    name = " ".join(name.split())
    if not name:
        raise NothingSaid
    if under is not None and _depth(under) >= DEEPEST_CODE:
        raise TreeTooDeep
    refuse_copied_words(name)
    code, _made = Code.objects.get_or_create(name=name, parent=under, defaults={"made_by": by})
    return code


def delete_code(code: Code) -> None:
    """Twice is once. Raises CodeInUse while places are marked with it, also in words taken back, or
    codes stand below it."""
    try:
        with transaction.atomic():
            Code.objects.filter(pk=code.pk).delete()
    except (ProtectedError, IntegrityError) as used:
        # The database notices a mark that was made in between.
        raise CodeInUse from used


def _depth(code: Code) -> int:
    depth = 1
    while code.parent is not None:
        code, depth = code.parent, depth + 1
    return depth


def mark(version: TextVersion, start: int, end: int, code: Code, *, viewer: Viewer) -> Excerpt:
    """Twice is once. Raises NotAnalysable, PlaceOutsideTheText."""
    with transaction.atomic():
        _hold(version, viewer)
        require_place(version, start, end)
        excerpt, _made = Excerpt.objects.get_or_create(
            version=version, start=start, end=end, code=code, defaults={"by": viewer.user}
        )
    return excerpt


def unmark(excerpt: Excerpt) -> None:
    Excerpt.objects.filter(pk=excerpt.pk).delete()


def set_aside(contribution: Contribution, reason: str, *, viewer: Viewer) -> SetAside:
    """Read, and not used: its author is told why.

    Raises NotAnalysable, AlreadyUsed, NothingSaid, CopiedWords.
    """
    reason = " ".join(reason.split())
    if not reason:
        raise NothingSaid
    refuse_copied_words(reason)
    with transaction.atomic():
        # Held against somebody who puts it behind an insight just now.
        Contribution.objects.select_for_update().get(pk=contribution.pk)
        if not access.analysable(viewer).filter(pk=contribution.pk).exists():
            raise NotAnalysable
        if Evidence.objects.filter(contribution=contribution).exists():
            raise AlreadyUsed
        said, _made = SetAside.objects.update_or_create(
            contribution=contribution,
            defaults={"reason": reason, "by": viewer.user, "at": timezone.now()},
        )
    return said


def take_up_again(contribution: Contribution) -> None:
    SetAside.objects.filter(contribution=contribution).delete()


# --- insights -------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Said:
    """What an insight says."""

    statement: str
    theme: Theme
    guidelines: Iterable[Guideline] = ()
    missing_voices: str = ""


def make_insight(said: Said, *, by: User) -> Insight:
    """With the next number. Raises NothingSaid, CopiedWords."""
    _require_words(said)
    with transaction.atomic():
        # One row of all insights: two who make one at the same moment get two numbers.
        Strategy.objects.select_for_update().first()
        last = Insight.objects.aggregate(last=Max("number"))["last"] or 0
        insight = Insight.objects.create(
            number=last + 1,
            statement=said.statement,
            theme=said.theme,
            missing_voices=said.missing_voices,
            made_by=by,
        )
        insight.guidelines.set(said.guidelines)
    return insight


def change_insight(insight: Insight, said: Said) -> None:
    """Raises NothingSaid, CopiedWords."""
    _require_words(said)
    with transaction.atomic():
        held = _held(insight)
        held.statement, held.theme = said.statement, said.theme
        held.missing_voices = said.missing_voices
        held.save(update_fields=["statement", "theme", "missing_voices", "changed_at"])
        held.guidelines.set(said.guidelines)
        _tell(held)


def add_voice(
    insight: Insight,
    version: TextVersion,
    stance: Stance,
    *,
    viewer: Viewer,
    quote: tuple[int, int] | None = None,
) -> Evidence:
    """A voice behind an insight, once in it: a second time says the stance and the quote anew. Being
    used, it is set aside no more.

    Raises NotAnalysable, PlaceOutsideTheText, QuoteTooLong, QuoteNotAllowed.
    """
    with transaction.atomic():
        held = _held(insight)
        contribution = _hold(version, viewer)
        if quote is not None:
            _require_quote(contribution, version, *quote)
        start, end = quote or (None, None)
        evidence, _made = Evidence.objects.update_or_create(
            insight=held,
            contribution=contribution,
            defaults={
                "version": version,
                "stance": stance,
                "quote_start": start,
                "quote_end": end,
                "by": viewer.user,
            },
        )
        take_up_again(contribution)
        _tell(held)
    return evidence


def drop_voice(evidence: Evidence) -> None:
    """The analyst has judged anew. Raises NothingBehindIt when a public insight would say what
    nobody says any more."""
    with transaction.atomic():
        held = _held(evidence.insight)
        Evidence.objects.filter(pk=evidence.pk).delete()
        if held.is_public:
            _require_voice(held)
        _tell(held)


def publish_insight(insight: Insight) -> Insight:
    """Twice is once. Raises NothingBehindIt, CopiedWords."""
    refuse_copied_words(insight.statement, insight.missing_voices)
    with transaction.atomic():
        held = _held(insight)
        _require_voice(held)
        if held.published_at is None:
            held.published_at = timezone.now()
            held.save(update_fields=["published_at"])
            _tell(held)
    return held


def take_down_insight(insight: Insight, *, is_rested_on: bool) -> None:
    """Back to a draft. Raises RestsOnIt: what a public amendment rests on stays."""
    if is_rested_on:
        raise RestsOnIt
    with transaction.atomic():
        held = _held(insight)
        held.published_at = None
        held.save(update_fields=["published_at"])
        _tell(held)


# --- the parts ------------------------------------------------------------------------------------


def _held(insight: Insight) -> Insight:
    return Insight.objects.select_for_update().get(pk=insight.pk)


def _hold(version: TextVersion, viewer: Viewer) -> Contribution:
    """The contribution's row, held so that nobody takes it back in between. Raises NotAnalysable."""
    contribution = Contribution.objects.select_for_update().get(pk=version.contribution_id)
    if not access.analysable_versions(viewer).filter(pk=version.pk).exists():
        raise NotAnalysable
    return contribution


def require_place(version: TextVersion, start: int, end: int) -> None:
    """Raises PlaceOutsideTheText."""
    if not 0 <= start < end <= len(version.text or ""):
        raise PlaceOutsideTheText


def _require_quote(contribution: Contribution, version: TextVersion, start: int, end: int) -> None:
    require_place(version, start, end)
    if end - start > LONGEST_QUOTE:
        raise QuoteTooLong
    version.contribution = contribution
    if not access.may_be_quoted(version):
        raise QuoteNotAllowed


def _require_words(said: Said) -> None:
    if not said.statement.strip():
        raise NothingSaid
    refuse_copied_words(said.statement, said.missing_voices)


def _require_voice(insight: Insight) -> None:
    says_it = access.counted(Evidence.objects.filter(insight=insight, stance=Stance.SUPPORTS))
    if not says_it.exists():
        raise NothingBehindIt


def _tell(insight: Insight) -> None:
    bump("insights", *insight_keys(insight.number))
