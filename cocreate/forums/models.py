"""Conversations: a forum is a room, a topic begins with a post, posts stand in one flat row."""

from typing import TYPE_CHECKING, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cocreate.contributions.models import Audience, Contribution, Room, State
from cocreate.themes.slugs import slug_of

if TYPE_CHECKING:
    from cocreate.contributions.viewer import Viewer

POSTS_PER_PAGE = 20


class ForumQuerySet(models.QuerySet["Forum"]):
    def visible_to(self, viewer: "Viewer") -> Self:
        """Open rooms for everybody, closed ones for their members."""
        from cocreate.forums.access import forums_open_to

        return self.filter(forums_open_to(viewer))


class Forum(models.Model):
    room = models.OneToOneField(Room, on_delete=models.PROTECT, related_name="forum")
    slug = models.SlugField(max_length=60, unique=True)
    title = models.CharField(max_length=120)
    description = models.CharField(max_length=300, blank=True, default="")
    theme = models.ForeignKey(
        "themes.Theme", null=True, blank=True, on_delete=models.PROTECT, related_name="forums"
    )
    host = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="forums_hosted",
    )
    hours = models.CharField(max_length=120, blank=True, default="")
    rules = models.TextField(blank=True, default="", help_text=_("One rule on each line."))
    order = models.PositiveSmallIntegerField(default=0)
    topic_count = models.PositiveIntegerField(default=0, editable=False)
    last_activity = models.DateTimeField(null=True, blank=True, editable=False)

    objects = ForumQuerySet.as_manager()

    class Meta:
        verbose_name = _("conversation room")
        verbose_name_plural = _("conversation rooms")
        ordering: ClassVar = ["order", "pk"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("forum", args=[self.slug])

    @property
    def is_open_to_all(self) -> bool:
        return self.room.audience == Audience.PUBLIC


class Topic(models.Model):
    """Holds no words: its title is the opening post's, and so is hidden with it."""

    forum = models.ForeignKey(Forum, on_delete=models.PROTECT, related_name="topics")
    opening = models.OneToOneField(
        "forums.Post",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="opens",
        editable=False,
    )
    pinned = models.BooleanField(default=False)
    closed = models.BooleanField(default=False)
    post_count = models.PositiveIntegerField(default=0, editable=False)
    last_number = models.PositiveIntegerField(default=0, editable=False)
    last_activity = models.DateTimeField(null=True, blank=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        indexes = [
            # a room's list of topics: pinned first, then the newest activity
            models.Index(
                fields=["forum", "-pinned", "-last_activity", "-id"],
                condition=Q(post_count__gt=0),
                name="forums_topic_list",
            )
        ]

    def __str__(self) -> str:
        return str(self.pk)

    def get_absolute_url(self) -> str:
        """Needs `forum` and `opening` loaded."""
        return topic_url(self.forum.slug, self.pk, self.title)

    @property
    def title(self) -> str:
        """The opening post's public title, empty while that is not shown. Needs `opening`."""
        return self.opening.published_title if self.opening else ""


def topic_url(forum_slug: str, topic_id: int, title: str) -> str:
    return reverse("topic", args=[forum_slug, topic_id, slug_of(title)[:50].strip("-") or "emne"])


class PostQuerySet(models.QuerySet["Post"]):
    def numbered(self) -> Self:
        """Those that were shown once; what is hidden since stays as a one-line tombstone."""
        return self.filter(number__isnull=False).order_by("number")

    def on_page(self, page: int) -> Self:
        first = (page - 1) * POSTS_PER_PAGE + 1
        return self.numbered().filter(number__range=(first, first + POSTS_PER_PAGE - 1))


class Post(Contribution):
    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, related_name="posts")
    # Given at first publication under the topic's row lock, and never again to another.
    number = models.PositiveIntegerField(null=True, blank=True, editable=False)
    reply_to = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="replies"
    )

    objects = PostQuerySet.as_manager()  # type: ignore[assignment,misc]

    class Meta:
        verbose_name = _("post")
        verbose_name_plural = _("posts")
        constraints = [
            models.UniqueConstraint(fields=("topic", "number"), name="forums_post_number_once"),
            models.CheckConstraint(
                condition=Q(reply_to=None) | ~Q(reply_to=F("contribution_ptr")),
                name="forums_post_not_its_own_answer",
            ),
        ]

    @property
    def page(self) -> int:
        """The page of the topic on which a numbered post stands."""
        return ((self.number or 1) - 1) // POSTS_PER_PAGE + 1

    @property
    def is_shown(self) -> bool:
        return self.state == State.PUBLISHED
