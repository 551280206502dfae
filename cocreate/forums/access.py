"""Who may read and who may write in which room."""

from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404

from cocreate.contributions.access import visible_to
from cocreate.contributions.models import Audience, Contribution, Membership
from cocreate.contributions.viewer import Viewer
from cocreate.forums.models import Forum, Post, Topic


def forums_open_to(viewer: Viewer) -> Q:
    condition = Q(room__audience=Audience.PUBLIC)
    if viewer.user is not None:
        mine = Membership.objects.filter(user=viewer.user)
        hosted = mine.filter(role=Membership.Role.HOST)
        condition |= Q(room__in=mine.values("room")) & ~Q(room__audience=Audience.HOST)
        condition |= Q(room__in=hosted.values("room"))
    if viewer.is_councillor_or_staff:
        condition |= Q(room__audience=Audience.COUNCIL)
    return condition


def forum_or_404(viewer: Viewer, slug: str) -> Forum:
    """404 for a closed room and for none alike."""
    rooms = Forum.objects.visible_to(viewer).select_related("room", "theme", "host")
    return get_object_or_404(rooms, slug=slug)


def topic_or_404(viewer: Viewer, forum_slug: str, topic_id: int) -> Topic:
    """A topic somebody may read: one with shown posts, or one's own that waits."""
    topic = (
        Topic.objects.select_related("forum__room", "forum__theme", "forum__host")
        .filter(pk=topic_id, forum__in=Forum.objects.visible_to(viewer), forum__slug=forum_slug)
        .first()
    )
    if topic is None:
        raise Http404
    if topic.post_count == 0 and not topic.posts.filter(visible_to(viewer)).exists():
        raise Http404
    return topic


def post_of(contribution: Contribution) -> Post:
    """The post of a contribution its reader was just given; with its topic and room."""
    return Post.objects.select_related("topic__forum", "topic__opening").get(pk=contribution.pk)


def may_write_in(viewer: Viewer, topic: Topic) -> bool:
    return not topic.closed
