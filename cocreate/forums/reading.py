"""What the pages of a conversation show to a reader, each list in a bounded number of queries.

Titles and words come through the one visibility rule; numbered posts that are not shown come as a
number and a state alone.
"""

import re
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.db.models import F, Q, QuerySet
from django.utils import timezone

from cocreate.contributions.access import own, visible_to
from cocreate.contributions.models import Contribution, State, TextVersion
from cocreate.contributions.viewer import Viewer
from cocreate.forums.models import Forum, Post, Topic, topic_url
from cocreate.moderation.models import Decision, Outcome

# What an address may name: no sign, no leading zero, nothing a database could not hold.
A_NUMBER = re.compile(r"[1-9][0-9]{0,8}")
TOPICS_PER_PAGE = 20
MOST_WAITING = 20
WAITING = (State.PENDING, State.APPROVED)
ANSWERED = (State.RETURNED, State.DECLINED)
# So long a topic reminds its reader that a host has written to them; the answer itself stays.
ANSWER_TOLD_FOR = timedelta(days=30)


def topic_beside(room: Forum, named: str) -> Topic | None:
    """The topic after or before which a page of the list begins; an id tells no time of day."""
    return _listed(room).filter(pk=int(named)).first() if A_NUMBER.fullmatch(named) else None


def page_of_topics(
    room: Forum, beside: Topic | None, *, before: bool
) -> tuple[list[Topic], bool, bool]:
    """One page, and whether there are newer and older ones. Keyset: deep pages cost the same."""
    listed = _listed(room)
    if beside is not None and before:
        backwards = listed.filter(_before(beside)).order_by("pinned", "last_activity", "pk")
        rows = list(backwards[: TOPICS_PER_PAGE + 1])
        more = len(rows) > TOPICS_PER_PAGE
        return rows[:TOPICS_PER_PAGE][::-1], more, True
    ordered = listed.order_by("-pinned", "-last_activity", "-pk")
    rows = list((ordered.filter(_after(beside)) if beside else ordered)[: TOPICS_PER_PAGE + 1])
    return rows[:TOPICS_PER_PAGE], beside is not None, len(rows) > TOPICS_PER_PAGE


def openings(viewer: Viewer, topics: Iterable[Topic]) -> dict[int, Contribution]:
    """The opening posts this viewer may read, by topic: titles come through the one rule too."""
    by_opening = {row.opening_id: row.pk for row in topics}
    shown = Contribution.objects.visible_to(viewer).published().filter(pk__in=list(by_opening))
    columns = shown.only("published_title", "language", "published_at")
    return {by_opening[row.pk]: row for row in columns}


def opening_of(viewer: Viewer, found: Topic) -> Contribution | None:
    """The opening post, when this viewer may read it."""
    return openings(viewer, [found]).get(found.pk)


def with_titles(viewer: Viewer, room: Forum, rows: list[Topic]) -> list[dict[str, Any]]:
    shown = openings(viewer, rows)
    found = []
    for row in rows:
        opening = shown.get(row.pk)
        title = opening.published_title if opening else ""
        language = opening.language if opening else ""
        url = topic_url(room.slug, row.pk, title)
        found.append({"topic": row, "title": title, "language": language, "url": url})
    return found


def own_topics(viewer: Viewer, room: Forum) -> list[dict[str, Any]]:
    """What this viewer has begun here and a host has not read yet, with its own title."""
    begun = Topic.objects.filter(
        forum=room, post_count=0, opening__in=own(viewer).filter(state__in=WAITING)
    )
    rows = list(begun.order_by("-pk")[:MOST_WAITING]) if _may_own(viewer) else []
    words = _newest_words(viewer, [row.opening_id for row in rows if row.opening_id])
    return [
        {"url": topic_url(room.slug, row.pk, ""), "title": words[row.opening_id].title or ""}
        for row in rows
        if row.opening_id in words
    ]


def posts_on(found: Topic, page: int, viewer: Viewer) -> list[Post]:
    """Numbered posts, public columns only. What is not shown is there as a number alone."""
    readable = visible_to(viewer) | ~Q(state=State.PUBLISHED)
    rows = Post.objects.filter(readable, topic=found).on_page(page)
    return list(
        rows.annotate(answers=F("reply_to__number")).only(
            "number",
            "state",
            "role",
            "language",
            "author_id",
            "content_note",
            "published_alias",
            "published_html",
            "published_at",
        )
    )


def shown_post(found: Topic, number: int, viewer: Viewer) -> Post | None:
    shown = Post.objects.filter(visible_to(viewer), topic=found, state=State.PUBLISHED)
    return shown.filter(number=number).defer("alias").first()


def decisions_that_hid(posts: list[Post]) -> dict[int, Decision]:
    """The newest decision to hide, for each hidden post of a page. One query."""
    hidden = [post.pk for post in posts if post.state == State.HIDDEN]
    if not hidden:
        return {}
    made = Decision.objects.filter(contribution__in=hidden, outcome=Outcome.HIDDEN)
    rows = made.order_by("at", "pk").only("contribution_id", "reason", "at")
    return {row.contribution_id: row for row in rows}


def own_hidden(viewer: Viewer, posts: list[Post]) -> set[int]:
    hidden = [post.pk for post in posts if post.state == State.HIDDEN]
    if not hidden or not _may_own(viewer):
        return set()
    return set(own(viewer).filter(pk__in=hidden).values_list("pk", flat=True))


def own_unshown(viewer: Viewer, found: Topic) -> list[Post]:
    """The viewer's own posts here that were never shown: they wait, or a host has answered."""
    if not _may_own(viewer):
        return []
    recent = Q(state__in=ANSWERED, state_changed_at__gte=timezone.now() - ANSWER_TOLD_FOR)
    mine = Post.objects.filter(
        recent | Q(state__in=WAITING), topic=found, number=None, pk__in=own(viewer).values("pk")
    )
    return list(mine.order_by("submitted_at", "pk").defer("alias")[:MOST_WAITING])


def with_words(viewer: Viewer, rows: list[Post]) -> list[dict[str, Any]]:
    """Those that wait, with their raw words."""
    waiting = [row for row in rows if row.state in WAITING]
    words = _newest_words(viewer, [row.pk for row in waiting])
    return [{"post": row, "version": words[row.pk]} for row in waiting if row.pk in words]


def own_title(found: Topic, waiting: list[dict[str, Any]]) -> str:
    own_opening = [row for row in waiting if row["post"].pk == found.opening_id]
    return own_opening[0]["version"].title or "" if own_opening else ""


def _listed(room: Forum) -> QuerySet[Topic]:
    """Topics with something shown in them; those that only wait are their author's to see."""
    return Topic.objects.filter(forum=room, post_count__gt=0)


def _after(last: Topic) -> Q:
    level = Q(pinned=last.pinned, last_activity__lte=last.last_activity)
    below = level & (Q(last_activity__lt=last.last_activity) | Q(pk__lt=last.pk))
    return below | Q(pinned=False) if last.pinned else below


def _before(first: Topic) -> Q:
    level = Q(pinned=first.pinned, last_activity__gte=first.last_activity)
    above = level & (Q(last_activity__gt=first.last_activity) | Q(pk__gt=first.pk))
    return above if first.pinned else above | Q(pinned=True)


def _newest_words(viewer: Viewer, contributions: list[int]) -> dict[int, TextVersion]:
    if not contributions:
        return {}
    readable = TextVersion.objects.readable_by(viewer).filter(contribution__in=contributions)
    return {row.contribution_id: row for row in readable.newest()}


def _may_own(viewer: Viewer) -> bool:
    return viewer.user is not None or bool(viewer.receipts)
