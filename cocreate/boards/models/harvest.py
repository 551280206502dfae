"""What became of a note that was chosen: a contribution like any other, with where it is from."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from cocreate.boards.models.workshop import Workshop
from cocreate.contributions.models import Contribution
from cocreate.text.fields import EncryptedTextField


class HarvestedNoteQuerySet(models.QuerySet["HarvestedNote"]):
    """The parent's manager would look for columns of the parent alone."""


class HarvestedNote(Contribution):
    """The origin is kept in words: the board itself is deleted on its day."""

    workshop = models.ForeignKey(Workshop, on_delete=models.PROTECT, related_name="harvested")
    question = models.CharField(max_length=200)
    column_title = models.CharField(max_length=80)
    # People at the board named the group: encrypted, and public only with the note (kind.py).
    group_title = EncryptedTextField(blank=True, default="")
    published_group_title = models.CharField(max_length=80, blank=True, default="")
    votes = models.PositiveIntegerField(default=0)
    paper = models.BooleanField(default=False)

    objects = HarvestedNoteQuerySet.as_manager()  # type: ignore[assignment,misc]

    class Meta:
        verbose_name = _("harvested note")
        verbose_name_plural = _("harvested notes")
