"""Beginning a topic and answering in one; both wait for a host like every voice."""

from dataclasses import replace

from django.db import transaction

from cocreate.contributions.models import KindName
from cocreate.contributions.operations import Given, Received
from cocreate.forums.models import Forum, Post, Topic
from cocreate.moderation.intake import take_in


class TopicClosed(Exception):
    """The host has closed the topic; what was written is kept in the form."""


def begin_topic(forum: Forum, given: Given) -> Received:
    """A topic and its opening post; sent twice it is one. Raises as `receive` does."""
    with transaction.atomic():
        topic = Topic.objects.create(forum=forum)
        received = take_in(Post, KindName.POST, _in_room(given, topic))
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
        if locked.closed:
            raise TopicClosed
        return take_in(Post, KindName.POST, _in_room(given, locked, reply_to=reply_to))


def _in_room(given: Given, topic: Topic, *, reply_to: Post | None = None) -> Given:
    forum = topic.forum
    details = {**given.details, "topic": topic, "reply_to": reply_to}
    return replace(given, room=forum.room, theme=forum.theme, details=details)
