"""Document → rows: the edition in force, in place of a demonstration if there is one."""

from uuid import UUID, uuid4

from django.db import models, transaction
from django.db.models import ForeignObjectRel, Value
from django.db.models.functions import Cast, Concat

from cocreate.pagecache.models import bump
from cocreate.themes.importing.document import Place, Refused, StrategyDocument, ThemeText
from cocreate.themes.models import (
    Difficulty,
    Edition,
    Fact,
    Guideline,
    Passage,
    RelatedPolicy,
    Strategy,
    Theme,
)
from cocreate.themes.models.editions import Kind, Status
from cocreate.themes.models.strategy import Colour, Symbol
from cocreate.themes.plain_danish import is_about, known_source, proposals
from cocreate.themes.slugs import slug_of

# Words that judge whoever they are said of: printed in the strategy, never shown as labels.
NOT_LABELS = frozenset({"Manglende sociale kompetencer", "Kriminalitet", "Omsorgssvigt"})


@transaction.atomic
def write_edition(document: StrategyDocument, *, demonstration: bool = False) -> Edition:
    """The document as the edition in force, in place of a demonstration if there is one."""
    strategy = _write_strategy(document)
    uids = _remove_demonstration(strategy)
    themes = [_write_theme(strategy, theme) for theme in document.themes]
    edition = Edition.objects.create(
        strategy=strategy, number=1, title=document.title, demonstration=demonstration
    )
    _write_passages(edition, document, themes, uids)
    _write_facts(strategy, document)
    _write_policies(strategy, document)
    _drop_what_is_left(edition, document)
    _adopt(edition, document)
    bump("site", "strategy", *(f"theme:{theme.number}" for theme in themes))
    return edition


def _write_strategy(document: StrategyDocument) -> Strategy:
    strategy = Strategy.objects.first() or Strategy()
    strategy.title = document.title
    strategy.municipality = document.municipality
    strategy.save()
    return strategy


def _remove_demonstration(strategy: Strategy) -> dict[Place, UUID]:
    """Takes the demonstration's words away; what stood where keeps its uid for the new words."""
    uids: dict[Place, UUID] = {}
    made_up = strategy.editions.filter(demonstration=True)
    Guideline.objects.filter(retired_in__in=made_up).update(retired_in=None)
    for edition in made_up:
        uids |= {place: passage.uid for place, passage in places(edition).items()}
        edition.delete()
    # Free for the new titles, which may stand in another order.
    strategy.themes.update(slug=Concat(Value("-"), Cast("number", models.CharField())))
    return uids


def places(edition: Edition) -> dict[Place, Passage]:
    rows = edition.passages.select_related("theme", "guideline")
    return {
        Place(
            Kind(row.kind),
            row.theme.number if row.theme else None,
            row.guideline.number if row.guideline else None,
        ): row
        for row in rows
    }


def _write_theme(strategy: Strategy, read: ThemeText) -> Theme:
    colour, symbol = _look(read.number)
    theme, _made = Theme.objects.update_or_create(
        strategy=strategy,
        number=read.number,
        defaults={"title": read.title, "slug": slug_of(read.title)},
        create_defaults={
            "title": read.title,
            "slug": slug_of(read.title),
            "colour": colour,
            "symbol": symbol,
        },
    )
    for item in read.guidelines:
        Guideline.objects.get_or_create(theme=theme, number=item.number)
    return theme


def _look(number: int) -> tuple[int, str]:
    """Colour and drawing in turn; an editor may choose others."""
    colours, symbols = Colour.values, Symbol.values
    return colours[(number - 1) % len(colours)], symbols[(number - 1) % len(symbols)]


def _write_passages(
    edition: Edition, document: StrategyDocument, themes: list[Theme], uids: dict[Place, UUID]
) -> None:
    by_code = {guideline.code: guideline for guideline in Guideline.objects.all()}
    plain = proposals(document.titles)
    passages = []
    for order, read in enumerate(document.passages(), 1):
        theme = themes[read.place.theme - 1] if read.place.theme else None
        guideline = by_code[str(read.place)] if read.place.guideline else None
        passages.append(
            Passage(
                edition=edition,
                theme=theme,
                guideline=guideline,
                kind=read.place.kind,
                uid=uids.get(read.place) or uuid4(),
                text=read.text,
                plain_summary=plain.get(guideline.code, "") if guideline else "",
                order=order,
            )
        )
    Passage.objects.bulk_create(passages)


def _write_facts(strategy: Strategy, document: StrategyDocument) -> None:
    strategy.facts.all().delete()
    known = is_about(document.titles)
    for order, read in enumerate(document.facts, 1):
        source, year = read.source, read.year
        if known and not source:
            source, year = known_source(read.text)
        fact = Fact.objects.create(
            strategy=strategy, order=order, text=read.text, source=source, year=year
        )
        Difficulty.objects.bulk_create(
            Difficulty(fact=fact, order=place, term=term, public=term not in NOT_LABELS)
            for place, term in enumerate(read.difficulties, 1)
        )


def _write_policies(strategy: Strategy, document: StrategyDocument) -> None:
    strategy.policies.all().delete()
    RelatedPolicy.objects.bulk_create(
        RelatedPolicy(strategy=strategy, order=order, title=policy.title, url=policy.url)
        for order, policy in enumerate(document.policies, 1)
    )


def _drop_what_is_left(edition: Edition, document: StrategyDocument) -> None:
    """Guidelines and themes that only the demonstration had. What voices point at stays, retired."""
    kept = edition.passages.filter(guideline__isnull=False).values("guideline")
    for guideline in Guideline.objects.in_force().exclude(pk__in=kept):
        if _is_pointed_at(guideline):
            guideline.retired_in = edition
            guideline.save()
        else:
            guideline.delete()
    for theme in edition.strategy.themes.filter(number__gt=len(document.themes)):
        if _is_pointed_at(theme):
            raise Refused(
                f"voices of the demonstration are about its theme {theme.number}, which the file "
                "does not have; remove the demonstration's voices first."
            )
        theme.delete()


def _is_pointed_at(row: models.Model) -> bool:
    """Whether any row of any app refers to it, also where it cannot be asked by name."""
    relations = [
        field
        for field in row._meta.get_fields(include_hidden=True)
        if isinstance(field, ForeignObjectRel)
    ]
    return any(
        relation.field.model._base_manager.filter(**{relation.field.name: row}).exists()
        for relation in relations
    )


def _adopt(edition: Edition, document: StrategyDocument) -> None:
    """Last of all: from here on the edition and its passages are fixed."""
    if document.adoption:
        edition.adopted_on = document.adoption.on
        edition.adopted_precision = document.adoption.precision
        edition.adopted_by = document.adoption.by
    edition.status = Status.ADOPTED
    edition.save()
