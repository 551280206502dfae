"""Rooms and topics in lists, and who reads along. No today and no yesterday: pages are kept."""

from typing import Any

from django import template
from django.conf import settings
from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext_lazy, ngettext, pgettext
from django.utils.translation import gettext as _

from cocreate.contributions.models import Audience
from cocreate.contributions.viewer import STRANGER
from cocreate.forums.models import Forum, Topic
from cocreate.moderation.templatetags.days import date_written
from cocreate.themes.models import Theme

register = template.Library()

WHO_READS: dict[str, Promise] = {
    Audience.PUBLIC: gettext_lazy(
        "Everybody can read along, also people from the municipality and the city council."
    ),
    Audience.COUNCIL: gettext_lazy(
        "Only the city council and people who work for the municipality can read along."
    ),
    Audience.ROOM: gettext_lazy(
        "A closed room. Only those who are in it and its host can read along."
    ),
    Audience.HOST: gettext_lazy("A closed room. Only its host can read along."),
}


@register.inclusion_tag("forums/_rooms_about.html")
def rooms_about(theme: Theme) -> dict[str, Any]:
    """The open rooms of a theme, for its page. One query; the same for every reader."""
    rooms = Forum.objects.visible_to(STRANGER).filter(theme=theme).select_related("host")
    return {"rooms": [{"room": room, "facts": facts_of_room(room)} for room in rooms]}


@register.inclusion_tag("components/entry.html")
def room_entry(room: Forum) -> dict[str, Any]:
    """Needs `room`, `theme` and `host` loaded."""
    closed = "" if room.is_open_to_all else _("Closed room")
    return {
        "url": room.get_absolute_url(),
        "title": kept_by_staff(room.title),
        "text": kept_by_staff(room.description),
        "count": facts_of_room(room),
        "symbol": room.theme.symbol if room.theme else "chair",
        "symbol_class": "sign-sm",
        "theme_number": room.theme.colour if room.theme else None,
        "level": "h2",
        "tag": closed,
        "tag_icon": "lock",
    }


@register.inclusion_tag("components/entry.html")
def topic_entry(topic: Topic, title: str, url: str) -> dict[str, Any]:
    tag, icon = _topic_tag(topic)
    return {
        "url": url,
        "title": title,
        "count": facts_of_topic(topic),
        "level": "h2",
        "tag": tag,
        "tag_icon": icon,
    }


@register.simple_tag
def facts_of_room(room: Forum) -> SafeString:
    """ "14 emner · sidst skrevet den 3. maj · vært: Lene". Needs `host` loaded."""
    facts = [topics_in_words(room.topic_count)]
    if room.last_activity:
        facts.append(_last_written(room.last_activity))
    if room.host and room.host.first_name:
        facts.append(_("host: %(name)s") % {"name": room.host.first_name})
    return _in_a_row(facts)


@register.simple_tag
def facts_of_topic(topic: Topic) -> SafeString:
    """ "7 indlæg · sidst skrevet den 3. maj"."""
    facts = [posts_in_words(topic.post_count)]
    if topic.last_activity:
        facts.append(_last_written(topic.last_activity))
    return _in_a_row(facts)


def topics_in_words(number: int) -> str:
    if number == 0:
        return _("no topics yet")
    return ngettext("%(number)s topic", "%(number)s topics", number) % {"number": number}


@register.filter
def posts_in_words(number: int) -> str:
    return ngettext("%(number)s post", "%(number)s posts", number) % {"number": number}


@register.filter
def who_reads(room: Forum) -> str:
    """Who can read along, in a sentence. Needs `room` loaded."""
    return str(WHO_READS[room.room.audience])


@register.filter
def rules_of(room: Forum) -> list[str]:
    """The room's own rules, or those that hold everywhere."""
    own = [kept_by_staff(line.strip()) for line in room.rules.splitlines() if line.strip()]
    return own or [
        _("Write about what you have lived through yourself."),
        _("Do not write other people's names."),
        _("Do not write how one can harm oneself."),
        _("What you read here is private to the one who wrote it."),
    ]


@register.filter
def spoken_in(words: str, language: str) -> str:
    """A person's words on one line, in their own direction, marked when the page is in another
    language."""
    if not words:
        return ""
    if not language or language == get_language():
        return format_html("<bdi>{}</bdi>", words)
    return format_html('<bdi lang="{}">{}</bdi>', language, words)


@register.filter
def kept_by_staff(words: str) -> str:
    """What staff keep is in one language; on a page in another it is marked."""
    if not words or get_language() == settings.LANGUAGE_CODE:
        return words
    return format_html('<span lang="{}">{}</span>', settings.LANGUAGE_CODE, words)


def _last_written(moment: Any) -> SafeString:
    # Translators: the time of day is never shown.
    return format_html(_("last written on %(day)s") % {"day": "{}"}, date_written(moment))


def _in_a_row(facts: list[str]) -> SafeString:
    return format_html_join(" · ", "{}", ((fact,) for fact in facts))


def _topic_tag(topic: Topic) -> tuple[str, str]:
    if topic.closed:
        return pgettext("of a topic", "Closed"), "lock"
    return (_("Kept at the top"), "info") if topic.pinned else ("", "")
