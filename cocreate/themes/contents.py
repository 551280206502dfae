"""What the public pages show of the strategy: the words in force, in a fixed number of queries."""

from typing import Any

from django.conf import settings
from django.db.models import Count, Max, Prefetch, Q, QuerySet
from django.http import Http404
from django.utils.translation import get_language

from cocreate.themes.edition_contents import in_force, readable_editions
from cocreate.themes.models.editions import Kind, Passage, Status
from cocreate.themes.models.facts import Difficulty, Fact
from cocreate.themes.models.strategy import Theme


def strategy_context() -> dict[str, Any]:
    """Five queries."""
    editions = readable_editions()
    edition = in_force(editions)
    if edition is None:
        return {"edition": None}
    whole = {p.kind: p for p in edition.passages.filter(theme=None).with_corrigenda()}
    return {
        "edition": edition,
        "editions": editions,
        "strategy": edition.strategy,
        "preface": whole.get(Kind.PREFACE),
        "signature": whole.get(Kind.SIGNATURE),
        "themes": _themes(),
        "policies": edition.strategy.policies.all(),
    }


def _themes() -> QuerySet[Theme]:
    """With the number of guidelines in force and what editors say of the theme in short."""
    spoken, danish = (
        Max("pages__summary", filter=Q(pages__live=True, pages__locale__language_code=language))
        for language in (get_language(), settings.LANGUAGE_CODE)
    )
    in_force = Count("guidelines", filter=Q(guidelines__retired_in=None), distinct=True)
    return Theme.objects.annotate(guideline_count=in_force, summary=spoken, danish_summary=danish)


def theme_context(slug: str) -> dict[str, Any]:
    """Two queries; 404 for a theme that the edition in force does not have."""
    passages = list(Passage.objects.in_force().with_corrigenda().filter(theme__slug=slug))
    if not passages:
        raise Http404
    by_kind = {passage.kind: passage for passage in passages}
    guidelines = [passage for passage in passages if passage.kind == Kind.GUIDELINE]
    return {
        "theme": passages[0].theme,
        "edition": passages[0].edition,
        "vision": by_kind.get(Kind.VISION),
        "challenge": by_kind.get(Kind.CHALLENGE),
        "lead_in": by_kind.get(Kind.LEAD_IN),
        "guidelines": guidelines,
        "has_proposals": any(passage.summary_is_proposal for passage in guidelines),
    }


def guideline_context(code: str) -> dict[str, Any]:
    """Three queries; 404 for a code that the edition in force does not have."""
    found = Passage.objects.in_force().with_corrigenda().filter(theme__guidelines__code=code)
    passages = {p.kind: p for p in found.filter(Q(guideline__code=code) | Q(kind=Kind.LEAD_IN))}
    passage = passages.get(Kind.GUIDELINE)
    if passage is None:
        raise Http404
    before, after = _neighbours(code)
    return {
        "passage": passage,
        "guideline": passage.guideline,
        "theme": passage.theme,
        "edition": passage.edition,
        "lead_in": passages.get(Kind.LEAD_IN),
        "before": before,
        "after": after,
    }


def last_words(code: str) -> Passage | None:
    """Where a guideline that was left out last stood."""
    rows = Passage.objects.filter(guideline__code=code, edition__status=Status.SUPERSEDED)
    joined = rows.select_related("edition", "theme", "guideline")
    return joined.order_by("-edition__number").first()


def _neighbours(code: str) -> tuple[str, str]:
    """The codes before and after in the printed order; empty at the ends."""
    passages = Passage.objects.in_force().of_guidelines()
    codes = ["", *passages.values_list("guideline__code", flat=True), ""]
    place = codes.index(code)
    return codes[place - 1] or "", codes[place + 1] or ""


def facts_context() -> dict[str, Any]:
    """Two queries."""
    shown = Prefetch("difficulties", Difficulty.objects.public(), to_attr="public_difficulties")
    return {"facts": Fact.objects.public().prefetch_related(shown)}
