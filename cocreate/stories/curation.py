"""What hosts do with a selection of stories, and what an author answers. Order in each: lock the
selection, check, write, age the pages."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F, Max
from django.utils import timezone

from cocreate.accounts.models import User
from cocreate.contributions.codes import digest
from cocreate.contributions.models import Contribution, ContributionQuerySet, KindName, Scope
from cocreate.contributions.own_words import Copied, copied_words
from cocreate.contributions.viewer import STRANGER
from cocreate.pagecache.models import bump
from cocreate.stories.models import Chosen, Selection, Story
from cocreate.themes.models import Theme

MOST_STORIES = 12
# One theme or role in fewer than so many stories says nothing yet.
FEW = 3


class Refused(Exception):
    """Nothing was changed."""


class NothingChosen(Refused):
    """There is no story in it that can be shown."""


class TooMany(Refused):
    """It holds as many stories as a selection may."""


class NotToBeChosen(Refused):
    """The story is not shown any more, or its author has said no to being chosen."""


class CopiedFrom(Refused):
    """The host's text holds words that somebody gave to us."""

    def __init__(self, copied: Copied) -> None:
        super().__init__()
        self.copied = copied


@dataclass(frozen=True)
class Said:
    """What a host writes about a selection."""

    title: str
    intro: str
    theme: Theme | None
    shown_from: date
    shown_to: date | None


def public_stories() -> ContributionQuerySet:
    """What everybody may read, whoever asks: the author's own words lie under the code."""
    return Contribution.objects.visible_to(STRANGER).of_kind(KindName.STORY)


def can_be_chosen() -> ContributionQuerySet:
    """Stories that everybody may read and whose author wants them shown. Who has said no to one
    selection is not asked about another."""
    shown = public_stories().filter(
        consents__scope=Scope.SHOW,
        consents__revoked_at=None,
        consents__text_version=F("published_version"),
    )
    refused = Chosen.objects.filter(refused_at__isnull=False)
    return shown.exclude(pk__in=refused.values("story_id")).distinct()


def make_selection(said: Said, *, submission_id: str, by: User) -> Selection:
    """The same form sent twice is one selection. Raises CopiedFrom."""
    _in_own_words(said)
    made, _new = Selection.objects.get_or_create(
        submission_digest=digest("selection", submission_id),
        defaults={**vars(said), "made_by": by, "made_at": timezone.now()},
    )
    return made


def change_selection(selection: Selection, said: Said) -> None:
    """Raises CopiedFrom."""
    _in_own_words(said)
    with transaction.atomic():
        held = _hold(selection)
        for name, value in vars(said).items():
            setattr(held, name, value)
        held.save(update_fields=list(vars(said)))
        bump("stories")


def _in_own_words(said: Said) -> None:
    copied = copied_words(said.title, said.intro)
    if copied:
        raise CopiedFrom(copied)


def choose(selection: Selection, public_id: str) -> None:
    """Puts a story last. Its author is told when the selection is shown, or now if it is.
    Raises NotToBeChosen, TooMany."""
    with transaction.atomic():
        held = _hold(selection)
        story = can_be_chosen().filter(public_id=public_id).first()
        if story is None or story.published_version_id is None:
            raise NotToBeChosen
        if held.chosen.filter(story=story.pk).exists():
            return
        if held.chosen.count() >= MOST_STORIES:
            raise TooMany
        last = held.chosen.aggregate(last=Max("order"))["last"] or 0
        Chosen.objects.create(
            selection=held,
            story_id=story.pk,
            version_id=story.published_version_id,
            order=last + 1,
        )
        if held.shown_at is not None:
            _tell(held)
        bump("stories")


def leave_out(selection: Selection, pk: int) -> None:
    """A second time finds nothing more to leave out. An author's no stays, so that nobody asks the
    same person again."""
    with transaction.atomic():
        held = _hold(selection)
        held.chosen.filter(pk=pk, refused_at=None).delete()
        bump("stories")


def move(selection: Selection, pk: int, *, by: int) -> None:
    """One place up or down; at the end it stays."""
    with transaction.atomic():
        held = _hold(selection)
        rows = list(held.chosen.order_by("order", "pk"))
        here = next((place for place, row in enumerate(rows) if row.pk == pk), None)
        if here is None or not 0 <= here + by < len(rows):
            return
        rows[here], rows[here + by] = rows[here + by], rows[here]
        for place, row in enumerate(rows, 1):
            row.order = place
        Chosen.objects.bulk_update(rows, ["order"])
        bump("stories")


def show(selection: Selection) -> None:
    """From now on, in the days that are set. Every author in it is told, and has CURATE_NOTICE_DAYS
    to say no before the story stands there. Raises NothingChosen."""
    with transaction.atomic():
        held = _hold(selection)
        if not held.chosen.filter(refused_at=None, story__in=_readable()).exists():
            raise NothingChosen
        if held.shown_at is None:
            held.shown_at = timezone.now()
            held.save(update_fields=["shown_at"])
        _tell(held)
        bump("stories")


def take_down(selection: Selection) -> None:
    with transaction.atomic():
        held = _hold(selection)
        held.shown_at = None
        held.save(update_fields=["shown_at"])
        bump("stories")


def delete_draft(selection: Selection) -> None:
    """One that no author has been told of. A second time finds nothing more to delete."""
    with transaction.atomic():
        held = Selection.objects.select_for_update().filter(pk=selection.pk, shown_at=None)
        held.exclude(chosen__told_at__isnull=False).delete()


def answer(chosen: Chosen, *, refuses: bool) -> None:
    """ "Nej tak", at the next request and without a reason; or the no is taken back.

    The caller has checked that it is the story's author.
    """
    with transaction.atomic():
        held = _hold(chosen.selection)
        row = held.chosen.get(pk=chosen.pk)
        if (row.refused_at is not None) != refuses:
            row.refused_at = timezone.now() if refuses else None
            row.save(update_fields=["refused_at"])
            bump("stories")


def notice_days() -> int:
    return int(settings.CURATE_NOTICE_DAYS)


def _tell(selection: Selection) -> None:
    now = timezone.now()
    day = timezone.localdate(now) + timedelta(days=notice_days())
    selection.chosen.filter(told_at=None).update(told_at=now, open_from=day)


def _hold(selection: Selection) -> Selection:
    return Selection.objects.select_for_update().get(pk=selection.pk)


def _readable() -> ContributionQuerySet:
    return public_stories().values("pk")  # type: ignore[return-value]


# --- whether it tells one thing alone ---------------------------------------------------------------


@dataclass(frozen=True)
class Fills:
    """One theme or one role that stands in more than half of the stories."""

    name: str
    count: int
    total: int


def what_fills(stories: Sequence[Contribution]) -> list[Fills]:
    """Said to the host, never refused: sometimes one theme is what a selection is about."""
    total = len(stories)
    if total < FEW:
        return []
    themes = Counter(str(story.theme) for story in stories if story.theme is not None)
    roles = Counter(str(story.get_role_display()) for story in stories)
    return [
        Fills(name, count, total)
        for counted in (themes, roles)
        for name, count in counted.most_common(1)
        if count * 2 > total
    ]


# --- what everybody reads ---------------------------------------------------------------------------


@dataclass(frozen=True)
class Shown:
    """A selection as everybody sees it: the stories in it that may be read now."""

    selection: Selection
    stories: list[Contribution]


def shown_selections(*, theme: Theme | None = None, public_id: str = "") -> list[Shown]:
    """The selections of today, those that began last first; one without a story is none."""
    rows = Chosen.objects.open(timezone.localdate()).filter(story__in=_readable())
    if theme is not None:
        rows = rows.filter(selection__theme=theme)
    if public_id:
        rows = rows.filter(selection__public_id=public_id)
    found = list(rows.select_related("selection__theme"))
    if not found:
        return []
    listed = public_stories().filter(pk__in=[row.story_id for row in found])
    by_key = {story.pk: story for story in listed.for_listing().prefetch_related("guidelines")}
    shown: dict[int, Shown] = {}
    for row in found:
        if row.story_id in by_key:
            under = shown.setdefault(row.selection_id, Shown(row.selection, []))
            under.stories.append(by_key[row.story_id])
    return list(shown.values())


def stories_of(selection: Selection) -> dict[int, Contribution]:
    """For the desk: those in it that everybody may read, by their id."""
    inside = selection.chosen.values("story_id")
    return {row.pk: row for row in public_stories().filter(pk__in=inside).for_listing()}


def told_to(story: Contribution | Story) -> list[Chosen]:
    """The selections of which the author of this story has been told."""
    rows = Chosen.objects.told().filter(story=story.pk).select_related("selection__theme")
    return list(rows.order_by("selection__shown_from", "pk"))
