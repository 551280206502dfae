"""A story: what somebody lived through, in their own words."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cocreate.contributions.models import Contribution, Receipt, VoiceRole
from cocreate.contributions.models.rooms import random_id
from cocreate.text.fields import EncryptedTextField


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
