"""How a published voice is named and opened in a list: title, first words, who tells."""

from django import template
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from cocreate.contributions.models import Contribution, KindName, VoiceRole
from cocreate.text.html import excerpt, to_html
from cocreate.text.plain import clean

register = template.Library()

TITLE_LENGTH = 50
# A note from a workshop is often one sentence; it is not cut in two for a title.
NOTE_LENGTH = 140
EXCERPT_LENGTH = 220

TELLS: dict[str, Promise] = {
    VoiceRole.CITIZEN: _("A citizen tells"),
    VoiceRole.RELATIVE: _("A relative tells"),
    VoiceRole.VOLUNTEER: _("A volunteer tells"),
    VoiceRole.STAFF: _("A member of staff tells"),
    VoiceRole.POLITICIAN: _("A city councillor tells"),
    VoiceRole.FROM_STAFF: _("A note from a workshop for staff"),
    VoiceRole.FROM_COUNCIL: _("A note from a workshop for city councillors"),
    VoiceRole.FROM_MANY: _("A note from a workshop"),
}


@register.filter
def heading(voice: Contribution) -> str:
    """The author's title; without one, who tells: the words themselves follow below."""
    return voice.published_title or str(TELLS[voice.role])


@register.filter
def opening(voice: Contribution) -> str:
    """The title in a list. Without one the first words, unless a note folds them away."""
    if voice.published_title or voice.content_note:
        return heading(voice)
    length = NOTE_LENGTH if voice.kind == KindName.NOTE else TITLE_LENGTH
    return excerpt(voice.published_text, length)


@register.filter
def lead(voice: Contribution) -> str:
    """The beginning of the text; where the first words stand as a title, what comes after them."""
    if voice.published_title:
        return excerpt(voice.published_text, EXCERPT_LENGTH)
    line = clean(voice.published_text, lines=False)
    rest = line[len(opening(voice).removesuffix(" …")) :].lstrip(" ,;:–-")
    return excerpt(f"… {rest}", EXCERPT_LENGTH) if rest else ""


@register.filter
def in_paragraphs(text: str) -> SafeString:
    """What hosts write about a selection, through the one sanitizer."""
    return to_html(text)


@register.filter
def is_staffs(voice: Contribution) -> bool:
    """Whether somebody tells in the name and role of staff or of a councillor."""
    return voice.role in {VoiceRole.STAFF, VoiceRole.POLITICIAN}
