"""Every wording a contribution ever had. Raw words live here and nowhere else."""

from hashlib import sha256
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Max, OuterRef, Subquery
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

    def approved(self) -> "TextVersionQuerySet":
        """Those that are their author's: written by them, or by a host and said yes to."""
        return self.filter(approved_by_author_at__isnull=False)

    def last_approved(self) -> "TextVersion | None":
        """Of one contribution the wording that stands. What a host proposes never does before the
        author's yes, however new it is."""
        return self.approved().order_by("-number").first()

    def newest(self) -> "TextVersionQuerySet":
        """The wording that stands of each contribution among those asked for."""
        same = TextVersion.objects.filter(contribution=OuterRef("contribution")).order_by()
        highest = same.approved().values("contribution").annotate(highest=Max("number"))
        return self.filter(number=Subquery(highest.values("highest")))


class TextVersion(models.Model):
    """`text`, `title` and `proposed` are NULL once erased; the row stays so that the numbering is whole."""

    contribution = models.ForeignKey(
        "contributions.Contribution", on_delete=models.CASCADE, related_name="versions"
    )
    number = models.PositiveSmallIntegerField()
    title = EncryptedTextField(null=True, blank=True)
    text = EncryptedTextField(null=True)
    # The words a proposal wants in the strategy; other voices have none.
    proposed = EncryptedTextField(null=True, blank=True)
    made_by = models.CharField(max_length=8, choices=MadeBy.choices, default=MadeBy.AUTHOR)
    approved_by_author_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    # Digest of title, text and chosen name as they were written, encrypted since short words could
    # be guessed from it. Publishing compares: words rewritten in place are not shown.
    seal = EncryptedTextField(editable=False)

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

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self._state.adding and not self.seal:
            self.seal = seal_of(self.title, self.text, self.contribution.alias, self.proposed)
        super().save(*args, **kwargs)

    @property
    def is_as_written(self) -> bool:
        """False when the stored words are not the ones that were sealed."""
        return self.seal == seal_of(self.title, self.text, self.contribution.alias, self.proposed)


def seal_of(
    title: str | None, text: str | None, alias: str | None, proposed: str | None = None
) -> str:
    # Words that propose nothing are sealed as they were before there were proposals.
    parts = (title or "", text or "", alias or "", *((proposed,) if proposed else ()))
    words = "\x1f".join(parts)
    return sha256(words.encode("utf-8", "surrogatepass")).hexdigest()
