"""Further editions of the strategy, made with the models as an adoption makes them."""

from datetime import date

from cocreate.pagecache.models import bump
from cocreate.themes.models import Edition, Guideline, Passage, Theme
from cocreate.themes.models.editions import Kind, Status
from cocreate.themes.models.shown import STRATEGY_KEY


def next_edition(
    changed: dict[str, str] | None = None,
    *,
    new: dict[int, str] | None = None,
    left_out: tuple[str, ...] = (),
    adopted_on: date = date(2027, 8, 1),
) -> Edition:
    """The edition in force once more: `changed` words by their ref, `new` guidelines by the number
    of their theme. It replaces the one before."""
    before = Edition.objects.get(status=Status.ADOPTED)
    edition = begin_edition(before, adopted_on)
    _copy(before, edition, changed or {}, left_out)
    for theme, text in (new or {}).items():
        _add_guideline(edition, Theme.objects.get(number=theme), text)
    Guideline.objects.filter(code__in=left_out).update(retired_in=edition)
    before.status = Status.SUPERSEDED
    before.save()
    edition.status = Status.ADOPTED
    edition.save()
    bump(STRATEGY_KEY)
    return edition


def begin_edition(before: Edition, adopted_on: date | None = None) -> Edition:
    """A draft."""
    return Edition.objects.create(
        strategy=before.strategy,
        number=before.number + 1,
        title=before.title,
        adopted_on=adopted_on,
        adopted_by="Byrådet" if adopted_on else "",
        demonstration=before.demonstration,
    )


def _copy(
    before: Edition, edition: Edition, changed: dict[str, str], left_out: tuple[str, ...]
) -> None:
    for passage in before.passages.select_related("theme", "guideline"):
        ref = passage.ref()
        if ref in left_out:
            continue
        passage.pk, passage.edition = None, edition
        passage._state.adding = True
        passage.text = changed.get(ref, passage.text)
        passage.save()


def _add_guideline(edition: Edition, theme: Theme, text: str) -> None:
    numbers = theme.guidelines.values_list("number", flat=True)
    Passage.objects.create(
        edition=edition,
        theme=theme,
        guideline=Guideline.objects.create(theme=theme, number=max(numbers) + 1),
        kind=Kind.GUIDELINE,
        text=text,
        order=edition.passages.count() + 20,
    )
