"""Every wording a contribution ever had. Raw words live here and nowhere else."""

from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

from cocreate.text.fields import EncryptedTextField

if TYPE_CHECKING:
    from cocreate.contributions.viewer import Viewer


class MadeBy(models.TextChoices):
    AUTHOR = "author", _("The author")
    HOST = "host", _("A host, as a proposal")
    HELPER = "helper", _("A helper, for the author")


class TextVersionQuerySet(models.QuerySet["TextVersion"]):
    def readable_by(self, viewer: "Viewer") -> "TextVersionQuerySet":
        """Raw words: the author's own, and what hosts have to read. Nobody else, ever."""
        from cocreate.contributions.access import raw_words_open_to

        return self.filter(contribution__in=raw_words_open_to(viewer))


class TextVersion(models.Model):
    """`text` and `title` are NULL once erased; the row stays so that the numbering is whole."""

    contribution = models.ForeignKey(
        "contributions.Contribution", on_delete=models.CASCADE, related_name="versions"
    )
    number = models.PositiveSmallIntegerField()
    title = EncryptedTextField(null=True, blank=True)
    text = EncryptedTextField(null=True)
    made_by = models.CharField(max_length=8, choices=MadeBy.choices, default=MadeBy.AUTHOR)
    approved_by_author_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = TextVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("wording")
        verbose_name_plural = _("wordings")
        ordering = ["contribution", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=("contribution", "number"), name="contributions_version_number_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.contribution_id}/{self.number}"
