"""Beginning a topic and answering in one; both wait for a host like every voice."""

from dataclasses import replace

from django.db import transaction

from cocreate.contributions.models import Contribution, KindName, Room
from cocreate.contributions.operations import Given, Received, was_received
from cocreate.forums.models import Forum, Post, Topic
from cocreate.moderation.intake import put_instead, take_in
from cocreate.pagecache.models import bump
from cocreate.themes.models import Guideline


class TopicClosed(Exception):
    """The host has closed the topic; what was written is kept in the form."""


def begin_topic(forum: Forum, given: Given) -> Received:
    """A topic and its opening post; sent twice it is one. Raises as `receive` does."""
    with transaction.atomic():
        topic = Topic.objects.create(forum=forum)
        received = take_in(
            Post, KindName.POST, _in_room(given, topic, same_place={"opens__isnull": False})
        )
        post = Post.objects.get(pk=received.contribution.pk)
        if post.topic_id == topic.pk:
            topic.opening = post
            topic.save(update_fields=["opening"])
        else:
            # The form came before: its topic stands, and this one was never needed.
            topic.delete()
    return received


def answer(topic: Topic, given: Given, *, reply_to: Post | None = None) -> Received:
    """A post in a topic. Raises TopicClosed, and as `receive` does."""
    with transaction.atomic():
        locked = Topic.objects.select_related("forum__room").get(pk=topic.pk)
        if locked.closed and not was_received(given):
            raise TopicClosed
        here = {"topic": locked, "opens__isnull": True}
        return take_in(
            Post, KindName.POST, _in_room(given, locked, reply_to=reply_to, same_place=here)
        )


def mend(earlier: Contribution, given: Given) -> Received:
    """New words in the place of a post of one's own that waits. Raises as `put_instead` does."""
    return put_instead(Post, earlier, replace(given, theme=earlier.theme))


def set_audience(forum: Forum, audience: str) -> None:
    """Opens or closes a room; its kept pages are gone at the next request."""
    with transaction.atomic():
        Room.objects.filter(pk=forum.room_id).update(audience=audience)
        topics = [f"topic:{pk}" for pk in forum.topics.values_list("pk", flat=True)]
        themes = [f"voices:theme:{forum.theme.number}"] if forum.theme else []
        codes = Guideline.objects.filter(contributions__room=forum.room_id).values_list("code")
        guidelines = [f"voices:guideline:{code}" for (code,) in codes.distinct()]
        bump("forums", f"forum:{forum.slug}", *topics, *themes, *guidelines)


def _in_room(
    given: Given,
    topic: Topic,
    *,
    same_place: dict[str, object],
    reply_to: Post | None = None,
) -> Given:
    forum = topic.forum
    details = {**given.details, "topic": topic, "reply_to": reply_to}
    return replace(
        given, room=forum.room, theme=forum.theme, details=details, same_place=same_place
    )
