"""How insights are said in words, and how a wording is shown with the places marked in it."""

from collections.abc import Iterable, Sequence

from django import template
from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cocreate.contributions.kinds import kind_of
from cocreate.contributions.models import Contribution, TextVersion, VoiceRole
from cocreate.insights.counting import Row
from cocreate.insights.models import Code, Stance
from cocreate.insights.presenting import Piece, Quarter
from cocreate.text.html import excerpt

register = template.Library()
FIRST_WORDS = 90

# Never fewer than five, so there is no singular.
COUNTED: dict[str, Promise] = {
    VoiceRole.CITIZEN: gettext_lazy("%(count)d contributions from citizens"),
    VoiceRole.RELATIVE: gettext_lazy("%(count)d contributions from relatives"),
    VoiceRole.VOLUNTEER: gettext_lazy("%(count)d contributions from volunteers"),
    VoiceRole.STAFF: gettext_lazy("%(count)d contributions from staff"),
    VoiceRole.POLITICIAN: gettext_lazy("%(count)d contributions from city councillors"),
    VoiceRole.FROM_STAFF: gettext_lazy("%(count)d contributions from workshops for staff"),
    VoiceRole.FROM_COUNCIL: gettext_lazy(
        "%(count)d contributions from workshops for city councillors"
    ),
    VoiceRole.FROM_MANY: gettext_lazy("%(count)d contributions from workshops for many"),
    Stance.SUPPORTS: gettext_lazy("%(count)d contributions say the same"),
    Stance.COUNTERS: gettext_lazy("%(count)d contributions say something else"),
}


@register.filter
def in_words(row: Row) -> str:
    """ "19 bidrag fra borgere"."""
    return str(COUNTED[row.label]) % {"count": row.total}


@register.filter
def gaps_in_words(quarters: Sequence[Quarter]) -> str:
    """ "2 bidrag er trukket tilbage (2. kvartal 2027: 1, 3. kvartal 2027: 1)."."""
    gaps = sum(quarter.gaps for quarter in quarters)
    when = ", ".join(
        _("quarter %(quarter)d of %(year)d: %(count)d")
        % {"quarter": quarter.number, "year": quarter.year, "count": quarter.gaps}
        for quarter in quarters
    )
    said = ngettext(
        "%(count)d contribution has been taken back (%(when)s).",
        "%(count)d contributions have been taken back (%(when)s).",
        gaps,
    )
    return said % {"count": gaps, "when": when}


@register.filter
def kind_label(contribution: Contribution) -> str:
    return str(kind_of(contribution).label)


@register.filter
def code_path(code: Code) -> str:
    """ "Ventetid › Ingen besked". Needs `parent__parent` loaded."""
    above = code_path(code.parent) + " › " if code.parent is not None else ""
    return above + code.name


@register.simple_tag
def coded(pieces: Iterable[Piece]) -> SafeString:
    """A person's words as they were written, every piece escaped. `data-from` says where in the
    wording a piece begins; what we add to the words lies outside those elements."""
    return format_html_join("", "{}{}", ((_number(piece), _words(piece)) for piece in pieces))


def _number(piece: Piece) -> str:
    if not piece.sentence:
        return ""
    begins = '<sup class="sentence-number" data-begins="{}">{}</sup>'
    return format_html(begins, piece.start, piece.sentence)


def _words(piece: Piece) -> SafeString:
    words = format_html('<span data-from="{}">{}</span>', piece.start, piece.words)
    if not piece.marks:
        return words
    return format_html('<mark class="coded">{}{}</mark>', words, _label(piece))


def _label(piece: Piece) -> str:
    """Said once for each mark, where it ends."""
    if not piece.ending:
        return ""
    codes = ", ".join(mark.code.name for mark in piece.ending)
    return format_html('<span class="vh"> ({})</span>', _("marked: %(codes)s") % {"codes": codes})


@register.filter
def first_words(version: TextVersion) -> str:
    """How a wording is named in the analysts' own lists."""
    return version.title or excerpt(version.text or "", FIRST_WORDS)
