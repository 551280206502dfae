"""What the layers below may ask of posts: their address, counters and pages."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import F, Max, OuterRef, Subquery
from django.utils.translation import gettext_lazy as _

from cocreate.contributions.kinds import Kind
from cocreate.contributions.models import Contribution, KindName, State
from cocreate.forums.models import Forum, Post, Topic, topic_url
from cocreate.themes.models import Guideline


def links(pks: Iterable[int]) -> dict[int, str]:
    posts = (
        Post.objects.filter(pk__in=list(pks))
        .select_related("topic__forum", "topic__opening")
        .only(
            "number",
            "topic__forum__slug",
            "topic__opening__published_title",
        )
    )
    return {post.pk: address(post) for post in posts}


def address(post: Post) -> str:
    """Needs `topic.forum` and `topic.opening` loaded."""
    url = topic_url(post.topic.forum.slug, post.topic_id, post.topic.title)
    page = f"?side={post.page}" if post.page > 1 else ""
    return f"{url}{page}#i{post.number}"


def keep_counters(contribution: Contribution, old: str, new: str) -> None:
    """Number, counts and last activity, under the topic's row lock."""
    was, now = old == State.PUBLISHED, new == State.PUBLISHED
    if was == now:
        return
    post = Post.objects.get(pk=contribution.pk)
    topic = Topic.objects.select_for_update().get(pk=post.topic_id)
    if now and post.number is None:
        topic.last_number += 1
        Post.objects.filter(pk=post.pk).update(number=topic.last_number)
    topic.post_count += 1 if now else -1
    topic.last_activity = _newest(topic)
    topic.save(update_fields=["last_number", "post_count", "last_activity"])
    if topic.opening_id == post.pk:
        Forum.objects.filter(pk=topic.forum_id).update(
            topic_count=F("topic_count") + (1 if now else -1)
        )
    # One statement: two topics shown at once leave the newest of both.
    newest = Topic.objects.filter(forum=OuterRef("pk")).order_by().values("forum")
    Forum.objects.filter(pk=topic.forum_id).update(
        last_activity=Subquery(newest.annotate(at=Max("last_activity")).values("at"))
    )


def _newest(topic: Topic) -> datetime | None:
    shown = topic.posts.filter(state=State.PUBLISHED)
    at: datetime | None = shown.aggregate(at=Max("published_at"))["at"]
    return at


def page_keys(contribution: Contribution) -> list[str]:
    post = Post.objects.select_related("topic__forum").get(pk=contribution.pk)
    keys = ["forums", f"forum:{post.topic.forum.slug}", f"topic:{post.topic_id}"]
    if post.topic.opening_id == post.pk:
        # The opening's title stands in the address of every post of the topic, wherever it is
        # linked from.
        tagged = Guideline.objects.filter(contributions__post__topic=post.topic_id)
        codes = tagged.values_list("code", flat=True).distinct()
        keys += [f"voices:guideline:{code}" for code in codes]
    return keys


POST = Kind(
    name=KindName.POST,
    label=_("Post"),
    model=Post,
    links=links,
    after_change=keep_counters,
    page_keys=page_keys,
)
