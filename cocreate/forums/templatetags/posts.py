"""One post in a topic: shown, a tombstone, or one's own that waits."""

from typing import Any

from django import template
from django.template import Context
from django.urls import reverse
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from cocreate.contributions.models import State, TextVersion, VoiceRole
from cocreate.forums.models import POSTS_PER_PAGE, Post, Topic
from cocreate.moderation.deadlines import is_overdue, read_by
from cocreate.moderation.models import Decision, Reason
from cocreate.moderation.templatetags.days import date_written, day_in_words
from cocreate.text.html import to_html

register = template.Library()

SPEAKS_FOR_OTHERS = frozenset({VoiceRole.STAFF, VoiceRole.POLITICIAN})
TAKEN_BACK = frozenset({State.WITHDRAWN, State.ERASED})


@register.inclusion_tag("components/post.html", takes_context=True)
def post_entry(context: Context, post: Post, followed: frozenset[int]) -> dict[str, Any]:
    """A numbered post. `followed` are the ids of those that became something. Reads `topic`,
    `address`, `slug`, `reply_url`, `hidden_by` and `own_hidden` from the page."""
    if not post.is_shown:
        why = context["hidden_by"].get(post.pk)
        text = tombstone(post, why, is_own=post.pk in context["own_hidden"])
        return {"number": post.number, "hidden": True, "hidden_text": text}
    topic: Topic = context["topic"]
    answers: int | None = getattr(post, "answers", None)
    return {
        "number": post.number,
        "name": name_of(post),
        "role": role_of(post, topic),
        "staff": post.role in SPEAKS_FOR_OTHERS,
        "when": post.published_at,
        # cocreate.text made it from the wording at publication; it is never made of input here.
        "html": in_language(SafeString(post.published_html), post.language),
        "note": post.content_note,
        "answers": answers,
        "answers_url": place_of(context["address"], answers) if answers else "",
        "reply_url": f"{context['reply_url']}?paa={post.number}" if context["reply_url"] else "",
        "report_url": reverse(
            "post_say_to", args=[topic.forum.slug, topic.pk, context["slug"], post.number]
        ),
        "became_url": reverse("voice", args=[post.public_id]) if post.pk in followed else "",
    }


@register.inclusion_tag("forums/_quoted.html")
def quoted_post(post: Post) -> dict[str, Any]:
    """The post that somebody answers, above the answer's form."""
    return {
        "name": name_of(post),
        "number": post.number,
        "html": in_language(SafeString(post.published_html), post.language),
        "note": post.content_note,
    }


@register.inclusion_tag("components/post.html")
def waiting_post(post: Post, version: TextVersion) -> dict[str, Any]:
    """The author's own words, shown to nobody else."""
    return {
        "name": pgettext("in the place of a name at one's own post", "You"),
        "role": post.get_role_display(),
        "html": in_language(to_html(version.text or ""), post.language),
        "waiting": True,
        "waiting_text": read_when(post),
    }


@register.filter("post_name")
def name_of(post: Post) -> str:
    return post.published_alias or _("Anonymous")


def role_of(post: Post, topic: Topic) -> str:
    """What stands after the name. Only who speaks as staff is marked as the host: what the same
    person once wrote as a citizen keeps its secret."""
    if post.role == VoiceRole.STAFF:
        if post.author_id is not None and post.author_id == topic.forum.host_id:
            return _("Host, works for the municipality")
        return _("Works for the municipality")
    return post.get_role_display()


def tombstone(post: Post, why: Decision | None, *, is_own: bool = False) -> str:
    """One line in the place of a post, without a word of it."""
    place = {"number": post.number}
    if post.state in TAKEN_BACK:
        return _("Post %(number)s has been taken back by the one who wrote it.") % place
    if post.state != State.HIDDEN or why is None:
        return _("Post %(number)s is not shown now.") % place
    sentences = [_("Post %(number)s was hidden by a host on %(day)s.")]
    # That a host wants to talk with somebody first is between the two of them.
    if why.reason != Reason.CARE:
        sentences.append(_("The reason: %(reason)s."))
    if is_own:
        sentences.append(_("It is yours. Our answer lies under your code, or on your own page."))
    else:
        sentences.append(_("The one who wrote it knows, and can ask somebody else to look at it."))
    reason = escape(str(why.get_reason_display()))
    facts = {**place, "day": date_written(why.at), "reason": reason}
    return SafeString(" ".join(escape(sentence) % facts for sentence in sentences))


def read_when(post: Post) -> str:
    """By when a host reads it; said of the author's own post only."""
    if post.state != State.PENDING or post.submitted_at is None:
        return _("A host has read it. It will be shown soon.")
    if is_overdue(post.submitted_at):
        return _("We should have read it by now. It is among the first in our queue.")
    day = day_in_words(read_by(post.submitted_at))
    return _("A host reads it on %(day)s at the latest.") % {"day": day}


def place_of(address: str, number: int) -> str:
    """A post's place in its topic, on the page where it stands."""
    page = (number - 1) // POSTS_PER_PAGE + 1
    return f"{address}{f'?side={page}' if page > 1 else ''}#i{number}"


def in_language(html: SafeString, language: str) -> SafeString:
    """Marks somebody's words when they are in another language than the page."""
    if not language or language == get_language():
        return html
    return format_html('<div lang="{}">{}</div>', language, html)
