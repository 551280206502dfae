"""A story: what somebody lived through, in their own words."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cocreate.contributions.models import Contribution, VoiceRole


class About(models.TextChoices):
    """Whose life it is about; tags the story, never the person."""

    SELF = "self", _("I tell about my own life")
    RELATIVE = "relative", _("I tell as a relative")
    WORK = "work", _("I tell about my work")
    HELPING = "helping", _("I help somebody tell")


# What the person says about the story decides which voice it is counted as.
SPEAKS_AS = {
    About.SELF: VoiceRole.CITIZEN,
    About.RELATIVE: VoiceRole.RELATIVE,
    About.WORK: VoiceRole.VOLUNTEER,
    About.HELPING: VoiceRole.VOLUNTEER,
}


class Story(Contribution):
    about = models.CharField(max_length=10, choices=About.choices, default=About.SELF)

    class Meta:
        verbose_name = _("story")
        verbose_name_plural = _("stories")
        constraints = [
            models.CheckConstraint(condition=Q(about__in=About.values), name="stories_about_known")
        ]
