"""A story: what somebody lived through, in their own words."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cocreate.contributions.models import Contribution, Receipt, TextVersion, VoiceRole
from cocreate.contributions.models.rooms import random_id
from cocreate.text.fields import EncryptedTextField
from cocreate.themes.models import Theme


class About(models.TextChoices):
    """Whose life it is about; tags the story, never the person.

    HELPING is asked on the first page and stored no more: a helped story is about the life of the one
    who tells, and that somebody held the pen stands in `helper` (decision 0016). Older rows have it.
    """

    SELF = "self", _("I tell about my own life")
    RELATIVE = "relative", _("I tell as a relative")
    WORK = "work", _("I tell about my work")
    HELPING = "helping", _("I help somebody tell")


# What the person says about the story decides which voice it is counted as. Never whoever holds the
# pen for them.
SPEAKS_AS = {
    About.SELF: VoiceRole.CITIZEN,
    About.RELATIVE: VoiceRole.RELATIVE,
    About.WORK: VoiceRole.VOLUNTEER,
}
# Who can be helped to tell. Who tells about their work writes themselves.
HELPED = (
    (About.SELF, _("They tell about their own life")),
    (About.RELATIVE, _("They tell as a relative")),
)


class NameLevel(models.TextChoices):
    """What stands where a name could stand (domain §3.4). Staff and councillors have no choice."""

    NONE = "none", _("No name")
    NICKNAME = "nickname", _("A nickname")
    FIRST_NAME = "first_name", _("My first name")


class Recognised(models.TextChoices):
    """Whether anybody could be recognised in it, as the person who tells sees it."""

    NOBODY = "nobody", _("No, nobody can be recognised")
    PERHAPS = "perhaps", _("Perhaps, and it is all right with them")
    ASK_ME = "ask_me", _("I am not sure. Look at it with me")


class Story(Contribution):
    about = models.CharField(max_length=10, choices=About.choices, default=About.SELF)
    name_level = models.CharField(max_length=10, choices=NameLevel.choices, default=NameLevel.NONE)
    # Empty where it was not asked or not answered.
    recognised = models.CharField(max_length=8, choices=Recognised.choices, blank=True, default="")
    # Search engines are told to leave it out unless its author has said yes.
    listed = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("story")
        verbose_name_plural = _("stories")
        constraints = [
            models.CheckConstraint(condition=Q(about__in=About.values), name="stories_about_known"),
            models.CheckConstraint(
                condition=Q(name_level__in=NameLevel.values), name="stories_name_level_known"
            ),
            models.CheckConstraint(
                condition=Q(recognised__in=["", *Recognised.values]),
                name="stories_recognised_known",
            ),
        ]


class Draft(models.Model):
    """A story that is being written. It is no contribution: nobody is asked to read, count or decide
    about it, and when it is deleted nothing is left of it (decision 0013)."""

    public_id = models.CharField(max_length=32, unique=True, default=random_id, editable=False)
    # Digest of the first page's id and of the browser it was shown in.
    seal = models.CharField(max_length=64, unique=True, editable=False)
    receipt = models.ForeignKey(Receipt, on_delete=models.CASCADE, related_name="drafts")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="drafts",
    )
    # What was answered, by the names of the form's fields, as JSON: lists of strings.
    answers = EncryptedTextField()
    begun_at = models.DateTimeField()
    saved_at = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = _("draft")
        verbose_name_plural = _("drafts")

    def __str__(self) -> str:
        return str(self.pk)


LONGEST_SELECTION_TITLE = 120


class SelectionQuerySet(models.QuerySet["Selection"]):
    def running(self, on: date) -> "SelectionQuerySet":
        """Those that hosts show on this day."""
        has_begun = Q(shown_at__isnull=False, shown_from__lte=on)
        return self.filter(has_begun & (Q(shown_to=None) | Q(shown_to__gte=on)))


class Selection(models.Model):
    """Published stories that hosts have chosen and put in order, with an introduction in their own
    words ("udvalg"). Shown from one day to another, both included."""

    public_id = models.CharField(max_length=32, unique=True, default=random_id, editable=False)
    # Digest of the form's random id: the same form sent twice is one selection.
    submission_digest = models.CharField(max_length=64, unique=True, editable=False)
    title = models.CharField(max_length=LONGEST_SELECTION_TITLE)
    intro = models.TextField()
    theme = models.ForeignKey(
        Theme, null=True, blank=True, on_delete=models.PROTECT, related_name="selections"
    )
    shown_from = models.DateField()
    # The last day; empty while no end is set.
    shown_to = models.DateField(null=True, blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    made_at = models.DateTimeField()
    # Since when hosts have it shown. Empty is a draft, or taken down: only hosts see it.
    shown_at = models.DateTimeField(null=True, blank=True)

    objects = SelectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("selection")
        verbose_name_plural = _("selections")
        constraints = [
            models.CheckConstraint(
                condition=Q(shown_to=None) | Q(shown_to__gte=F("shown_from")),
                name="stories_selection_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("selection", args=[self.public_id])

    @property
    def is_running(self) -> bool:
        today = timezone.localdate()
        has_ended = self.shown_to is not None and self.shown_to < today
        return self.shown_at is not None and self.shown_from <= today and not has_ended

    @property
    def has_ended(self) -> bool:
        return self.shown_to is not None and self.shown_to < timezone.localdate()


class ChosenQuerySet(models.QuerySet["Chosen"]):
    def told(self) -> "ChosenQuerySet":
        """Those of which the author has been told, in a selection that is shown or will be."""
        today = timezone.localdate()
        lasts = Q(selection__shown_to=None) | Q(selection__shown_to__gte=today)
        return self.filter(lasts, told_at__isnull=False, selection__shown_at__isnull=False)

    def open(self, on: date) -> "ChosenQuerySet":
        """Those whose author has had the days to say no, and has not said it, in the words that a
        host chose. Whether the story itself may be read, `visible_to` says."""
        running = Selection.objects.running(on)
        same_words = Q(version=F("story__published_version"))
        return self.filter(
            same_words, selection__in=running, refused_at=None, open_from__lte=on
        ).order_by("-selection__shown_from", "-selection__pk", "order", "pk")


class Chosen(models.Model):
    """A story in a selection, in the wording that the host read. Its author is told some days before
    it stands there, and may say no at any time."""

    selection = models.ForeignKey(Selection, on_delete=models.CASCADE, related_name="chosen")
    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="chosen")
    version = models.ForeignKey(TextVersion, on_delete=models.PROTECT, related_name="+")
    order = models.PositiveSmallIntegerField()
    told_at = models.DateTimeField(null=True, blank=True, db_index=True)
    # The first day on which it may stand there.
    open_from = models.DateField(null=True, blank=True)
    refused_at = models.DateTimeField(null=True, blank=True)

    objects = ChosenQuerySet.as_manager()

    class Meta:
        verbose_name = _("chosen story")
        verbose_name_plural = _("chosen stories")
        constraints = [
            models.UniqueConstraint(
                fields=("selection", "story"), name="stories_chosen_once_in_a_selection"
            ),
            models.CheckConstraint(
                condition=Q(told_at=None, open_from=None, refused_at=None)
                | Q(told_at__isnull=False, open_from__isnull=False),
                name="stories_chosen_is_told_before_it_is_shown",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.selection_id}: {self.order}"

    @property
    def stands_from(self) -> date | None:
        """The day on which it can be read in the selection; none before its author is told."""
        if self.open_from is None:
            return None
        return max(self.open_from, self.selection.shown_from)
