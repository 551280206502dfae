"""A photo or a voice that belongs to a story. The bytes lie in the storage, always encrypted; the
key to them lies in the row, so that without the row they are noise (decision 0014)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cocreate.contributions.models.rooms import random_id
from cocreate.text.fields import EncryptedTextField

LONGEST_DESCRIPTION = 200


class AttachmentKind(models.TextChoices):
    PHOTO = "photo", _("Photo")
    VOICE = "voice", _("Voice")


class Known(models.TextChoices):
    """Whether anybody can be recognised in a picture."""

    NOBODY = "nobody", _("No, nobody can be recognised")
    WITH_THEIR_YES = "with_yes", _("Yes, and they have said yes to it")
    UNSURE = "unsure", _("I am not sure")


# With one of these answers a picture may be shown.
MAY_BE_SEEN = (Known.NOBODY, Known.WITH_THEIR_YES)


class Attachment(models.Model):
    """Fresh pixels or sound we wrote ourselves; nothing of the file that came is kept, not its name.

    `held_by` names the draft it is part of, by its public id; empty once the story is sent.
    """

    public_id = models.CharField(max_length=32, unique=True, default=random_id, editable=False)
    kind = models.CharField(max_length=8, choices=AttachmentKind.choices)
    held_by = models.CharField(max_length=32, blank=True, default="", db_index=True)
    contribution = models.ForeignKey(
        "contributions.Contribution",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="attachments",
    )
    # Digest of the draft and of the bytes as they came: the same file sent twice is one.
    seal = models.CharField(max_length=64, unique=True, editable=False)
    stored_as = models.CharField(max_length=80, editable=False)
    key = EncryptedTextField(editable=False)
    width = models.PositiveSmallIntegerField(null=True, blank=True)
    height = models.PositiveSmallIntegerField(null=True, blank=True)
    seconds = models.PositiveSmallIntegerField(null=True, blank=True)
    # Whether anybody can be recognised, as the author sees it; empty where it is not answered.
    known = models.CharField(max_length=8, choices=Known.choices, blank=True, default="")
    # What is in the picture, for those who cannot see it.
    description = EncryptedTextField(blank=True, default="")
    # The author's yes to others hearing the voice, asked for by itself.
    may_publish_sound = models.BooleanField(default=False)
    # Set by moderation/showing.py alone, as the story it belongs to is shown or not.
    shown = models.BooleanField(default=False)
    published_description = models.CharField(max_length=LONGEST_DESCRIPTION, blank=True, default="")
    added_at = models.DateTimeField()

    class Meta:
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind=AttachmentKind.PHOTO, width__gt=0, height__gt=0, seconds=None)
                | Q(kind=AttachmentKind.VOICE, width=None, height=None, seconds__gt=0),
                name="contributions_attachment_kind_known",
            ),
            models.CheckConstraint(
                condition=Q(known__in=["", *Known.values]),
                name="contributions_attachment_known_known",
            ),
            models.CheckConstraint(
                condition=(Q(contribution=None) & ~Q(held_by=""))
                | Q(contribution__isnull=False, held_by=""),
                name="contributions_attachment_has_one_home",
            ),
            models.CheckConstraint(
                condition=Q(shown=False, published_description="")
                | Q(
                    shown=True,
                    contribution__isnull=False,
                    kind=AttachmentKind.PHOTO,
                    known__in=MAY_BE_SEEN,
                )
                | Q(
                    shown=True,
                    contribution__isnull=False,
                    kind=AttachmentKind.VOICE,
                    may_publish_sound=True,
                    published_description="",
                ),
                name="contributions_attachment_shown_as_answered",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.public_id}"

    @property
    def is_photo(self) -> bool:
        return self.kind == AttachmentKind.PHOTO

    @property
    def may_be_shown(self) -> bool:
        """As far as its author has answered; a host looks at it besides."""
        return self.known in MAY_BE_SEEN if self.is_photo else self.may_publish_sound
