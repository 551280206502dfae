"""What staff have written in the place of the built-in texts, and every wording that ever was."""

from typing import Any

from django.conf import settings
from django.contrib.contenttypes.fields import GenericRelation
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.db import IntegrityError, models, transaction
from django.db.models import Max, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import RevisionMixin

from cocreate.text.plain import clean
from cocreate.wordings.built_in import BUILT_IN, FIRST_OF_STAFF, choices

# A paragraph to somebody who is having a hard time; a letter's reason is longer than a question.
LONGEST = 1_000
# So many may write wordings of one text at the same moment.
AT_ONCE = 5


class TextRecord(RevisionMixin, models.Model):  # type: ignore[misc]
    """One text in one language, in the place of the built-in one until it is deleted.

    Saving other words makes a new `Wording`; earlier answers keep the one they were given to.
    """

    key = models.CharField(_("which text"), max_length=40, choices=choices)
    language = models.CharField(_("language"), max_length=10, default=settings.LANGUAGE_CODE)
    text = models.TextField(
        _("text"),
        validators=[MaxLengthValidator(LONGEST)],
        help_text=_("Plain and short, as one would say it aloud. A blank line begins a paragraph."),
    )
    hint = models.TextField(
        _("small print under a question"),
        blank=True,
        default="",
        validators=[MaxLengthValidator(LONGEST)],
        help_text=_("Only the four boxes have it."),
    )
    number = models.PositiveSmallIntegerField(_("wording number"), editable=False)
    _revisions = GenericRelation("wagtailcore.Revision", related_query_name="text_record")

    class Meta:
        verbose_name = _("text record")
        verbose_name_plural = _("text records")
        ordering = ("key", "language")
        constraints = [
            models.UniqueConstraint(
                fields=("key", "language"),
                name="wordings_one_text_a_language",
                violation_error_message=_("This text has been written already. Change that one."),
            ),
        ]

    def __str__(self) -> str:
        built_in = BUILT_IN.get(self.key)
        return f"{built_in.label if built_in else self.key} ({self.language})"

    def save(self, *args: Any, **options: Any) -> None:
        """With its wording, or not at all."""
        with transaction.atomic():
            self.number = Wording.number_of(self)
            super().save(*args, **options)

    @property
    def revisions(self) -> Any:
        return self._revisions

    def clean(self) -> None:
        self.text, self.hint = clean(self.text), clean(self.hint)
        if not self.text:
            raise ValidationError({"text": _("Write the text.")})
        if self.hint and self.key in BUILT_IN and BUILT_IN[self.key].hint is None:
            raise ValidationError({"hint": _("There is no place for small print at this text.")})


class Wording(models.Model):
    """What a text said while it was in force. Never changed, never deleted (guards.py)."""

    key = models.CharField(max_length=40)
    # Counted over all languages of a key, so that the number alone says which words were read.
    number = models.PositiveSmallIntegerField()
    language = models.CharField(max_length=10)
    text = models.TextField()
    hint = models.TextField(blank=True, default="")
    since = models.DateTimeField()

    class Meta:
        verbose_name = _("wording")
        verbose_name_plural = _("wordings")
        constraints = [
            models.UniqueConstraint(fields=("key", "number"), name="wordings_one_of_a_number"),
            models.CheckConstraint(
                condition=Q(number__gte=FIRST_OF_STAFF), name="wordings_numbered_after_the_built_in"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.number}"

    @classmethod
    def number_of(cls, record: TextRecord) -> int:
        """The number of these very words; they get the next one when they are new."""
        rows = cls.objects.filter(key=record.key)
        newest = rows.filter(language=record.language).order_by("-number").first()
        if newest is not None and (newest.text, newest.hint) == (record.text, record.hint):
            return newest.number
        for _again in range(AT_ONCE):
            last: int = rows.aggregate(last=Max("number"))["last"] or FIRST_OF_STAFF - 1
            try:
                with transaction.atomic():
                    made = cls.objects.create(
                        key=record.key,
                        number=last + 1,
                        language=record.language,
                        text=record.text,
                        hint=record.hint,
                        since=timezone.now(),
                    )
            except IntegrityError:
                # Somebody wrote another language of it at the same moment: the next number then.
                continue
            return made.number
        raise ValidationError(_("Somebody else is writing this text. Save it once more."))
