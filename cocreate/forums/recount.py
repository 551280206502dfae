"""Counters of rooms and topics, counted anew from the rows that are the truth."""

from django.db import transaction
from django.db.models import Max

from cocreate.contributions.models import State
from cocreate.forums.models import Forum, Topic


def recount_topic(pk: int) -> bool:
    """Says whether the topic's counters were wrong; they are right afterwards."""
    with transaction.atomic():
        topic = Topic.objects.select_for_update().get(pk=pk)
        shown = topic.posts.filter(state=State.PUBLISHED)
        right = {
            "post_count": shown.count(),
            "last_number": topic.posts.aggregate(most=Max("number"))["most"] or 0,
            "last_activity": shown.aggregate(at=Max("published_at"))["at"],
        }
        return _put_right(topic, right)


def recount_forum(pk: int) -> bool:
    with transaction.atomic():
        forum = Forum.objects.select_for_update().get(pk=pk)
        topics = forum.topics.all()
        right = {
            "topic_count": topics.filter(opening__state=State.PUBLISHED).count(),
            "last_activity": topics.aggregate(at=Max("last_activity"))["at"],
        }
        return _put_right(forum, right)


def _put_right(row: Forum | Topic, right: dict[str, object]) -> bool:
    wrong = [name for name, value in right.items() if getattr(row, name) != value]
    for name in wrong:
        setattr(row, name, right[name])
    if wrong:
        row.save(update_fields=wrong)
    return bool(wrong)
