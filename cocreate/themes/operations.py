"""What changes the strategy of the installation, or makes the pages around it."""

from collections.abc import Callable, Iterator

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from wagtail.models import Page

from cocreate.accounts.models import Role
from cocreate.themes.importing.document import Refused, StrategyDocument
from cocreate.themes.importing.writing import places, write_edition
from cocreate.themes.models import Edition, EditorialPage, Strategy, StrategyPage, Theme, ThemePage
from cocreate.themes.plain_danish import theme_summary

# What editors keep. Adopted words are not among it: of a passage only its short text can change.
EDITORS_MAY = (
    *(
        f"{verb}_{model}"
        for verb in ("view", "add", "change", "delete")
        for model in ("fact", "relatedpolicy")
    ),
    *(
        f"{verb}_{model}"
        for verb in ("view", "change")
        for model in ("difficulty", "passage", "theme")
    ),
    "view_corrigendum",
    "add_corrigendum",
)


# What apps above clear away when the first real strategy comes, each with a sentence about it.
_clearings: list[Callable[[], str]] = []


def register_clearing(clear: Callable[[], str]) -> None:
    """Called from an app's `ready()`."""
    _clearings.append(clear)


def import_strategy(
    document: StrategyDocument, *, tell: Callable[[str], object] = lambda sentence: None
) -> bool:
    """Writes the adopted strategy; False when these very words are here already. `tell` is given a
    sentence for each thing that was cleared away.

    The first import replaces a demonstration and all that was made with it. Whatever differs from
    words already adopted raises Refused: they change by a revision, never by a file.
    """
    with transaction.atomic():
        Strategy.objects.select_for_update().first()
        adopted = list(Edition.objects.adopted_for_real().order_by("number"))
        reasons = [difference(edition, document) for edition in adopted]
        if "" in reasons:
            return False
        if reasons:
            raise Refused(reasons[-1])
        if Edition.objects.filter(demonstration=True).exists():
            for sentence in filter(None, [clear() for clear in _clearings]):
                tell(sentence)
        fronts = _take_down_pages_of_other_themes(document)
        write_edition(document)
        for front in fronts:
            prepare_pages(front)
    return True


def difference(edition: Edition, document: StrategyDocument) -> str:
    """Why the document is not this edition, as a sentence; empty when it is."""
    if edition.title != document.title:
        return (
            f"this installation holds “{edition.title}” and has room for one strategy; "
            f"the file is “{document.title}”."
        )
    stored = {place: passage.text for place, passage in places(edition).items()}
    read = {passage.place: passage.text for passage in document.passages()}
    for place in [*read, *stored]:
        if stored.get(place) != read.get(place):
            return f"the adopted words differ at {place}; they change by a revision only."
    if tuple(edition.strategy.themes.values_list("title", flat=True)) != document.titles:
        return "the titles of the themes differ; they change by a revision only."
    if document.adoption and edition.adopted_on != document.adoption.on:
        return "the file names another date of adoption."
    return ""


@transaction.atomic
def prepare_pages(home_page: Page) -> list[str]:
    """Makes the missing editorial pages below the front page of one language, and says which.

    What editors wrote is left alone.
    """
    return list(_prepare(home_page))


def _take_down_pages_of_other_themes(document: StrategyDocument) -> list[Page]:
    """What editors wrote around the demonstration stays only beside a theme of the same name.

    Gives the front pages that have editorial pages below them.
    """
    for page in ThemePage.objects.select_related("theme"):
        if page.theme.title not in document.titles[page.theme.number - 1 : page.theme.number]:
            page.delete()
    return [page.get_parent() for page in StrategyPage.objects.all()]


def _prepare(home_page: Page) -> Iterator[str]:
    strategy = Strategy.objects.first()
    if strategy is None:
        return
    front = StrategyPage.objects.child_of(home_page).first()
    if front is None:
        front = _published(home_page, StrategyPage(title=strategy.title, slug="strategien"))
        yield "The page of the strategy."
    elif front.title != strategy.title:
        front.title = strategy.title
        front.save_revision().publish()
    for theme in Theme.objects.order_by("number"):
        page = ThemePage.objects.child_of(front).filter(theme=theme).first()
        if page is None:
            _published(front, _theme_page(theme))
            yield f"The page of theme {theme.number}."
    _let_editors_in()


def _theme_page(theme: Theme) -> ThemePage:
    return ThemePage(
        title=theme.title, slug=theme.slug, theme=theme, summary=theme_summary(theme.title)
    )


def _published(parent: Page, page: EditorialPage) -> EditorialPage:
    page.locale = parent.locale
    parent.add_child(instance=page)
    # Without a revision Wagtail's editor answers its own first question with an error.
    page.save_revision().publish()
    return page


def _let_editors_in() -> None:
    editors, _made = Group.objects.get_or_create(name=Role.EDITOR)
    editors.permissions.add(
        *Permission.objects.filter(content_type__app_label="themes", codename__in=EDITORS_MAY)
    )
