"""A file → a checked document, whichever of the two layouts it is in."""

from collections.abc import Iterator
from pathlib import Path

from django.db import models

from cocreate.themes.importing.document import Refused, StrategyDocument
from cocreate.themes.importing.markdown import looks_like_markdown, parse_markdown
from cocreate.themes.importing.printed import parse_printed
from cocreate.themes.importing.source import read_source, refuse_other_languages
from cocreate.themes.models import Difficulty, Edition, RelatedPolicy, Strategy, Theme
from cocreate.themes.models.facts import Fact
from cocreate.themes.models.strategy import MOST_GUIDELINES, MOST_THEMES
from cocreate.themes.slugs import slug_of


def read_document(path: Path) -> StrategyDocument:
    """Raises Refused; nothing is written."""
    return parse(read_source(path))


def parse(text: str) -> StrategyDocument:
    refuse_other_languages(text)
    document = parse_markdown(text) if looks_like_markdown(text) else parse_printed(text)
    _refuse_too_many(document)
    _refuse_too_long(document)
    return document


def _refuse_too_many(document: StrategyDocument) -> None:
    if not 1 <= len(document.themes) <= MOST_THEMES:
        raise Refused(
            f"the strategy has {len(document.themes)} themes; it must have 1 to {MOST_THEMES}."
        )
    for theme in document.themes:
        if theme.guidelines[-1].number > MOST_GUIDELINES:
            raise Refused(f"theme {theme.number} has more than {MOST_GUIDELINES} guidelines.")
    slugs = [slug_of(title) for title in document.titles]
    for number, slug in enumerate(slugs, 1):
        if not slug or slug in slugs[: number - 1]:
            raise Refused(f"the title of theme {number} gives no address of its own.")


def _refuse_too_long(document: StrategyDocument) -> None:
    for model, name, value in _limited(document):
        limit = getattr(model._meta.get_field(name), "max_length", None)
        if limit and len(value) > limit:
            raise Refused(f"“{value[:40]}…” is longer than {limit} characters.")


def _limited(document: StrategyDocument) -> Iterator[tuple[type[models.Model], str, str]]:
    yield Strategy, "title", document.title
    yield Strategy, "municipality", document.municipality
    if document.adoption:
        yield Edition, "adopted_by", document.adoption.by
    for title in document.titles:
        yield Theme, "title", title
    for fact in document.facts:
        yield Fact, "source", fact.source
        for term in fact.difficulties:
            yield Difficulty, "term", term
    for policy in document.policies:
        yield RelatedPolicy, "title", policy.title
        yield RelatedPolicy, "url", policy.url
