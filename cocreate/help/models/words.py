"""Words that staff want a host to read first, beside the built-in rules (text/concern.py)."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cocreate.text.finder import ExtraRule, Kind, Level
from cocreate.text.staff_rules import (
    built_in_that_may_rest,
    false_alarms,
    silenced,
    why_not_a_pattern,
)

# Every text is read by all of them: measured in tests/text/test_staff_rules.py.
MOST_RULES = 200
MOST_EXCEPTIONS = 10
LONGEST_PATTERN = 200


class WordKind(models.TextChoices):
    CONCERN = "concern", _("Somebody may be in danger")
    CASE = "individual_case", _("It is about one's own case")
    NEVER = "never", _("An exception: nobody is in danger here")


class WordLevel(models.TextChoices):
    LOW = "low", _("Low: past, or a figure of speech")
    MEDIUM = "medium", _("Medium: thoughts that go on, or danger at home")
    HIGH = "high", _("High: a plan or a farewell")


class WordRule(models.Model):
    """One rule by staff. The built-in ones stay beside it."""

    kind = models.CharField(
        _("what it shows"), max_length=16, choices=WordKind.choices, default=WordKind.CONCERN
    )
    pattern = models.CharField(
        _("words to look for"),
        max_length=LONGEST_PATTERN,
        unique=True,
        help_text=_(
            "Words with spaces between. a|b is either word. begin* is any word that begins so. word? "
            "may be missing. ~3 is up to three words of any kind. A full stop is the end of a "
            "sentence. Capital letters make no difference."
        ),
    )
    level = models.CharField(
        _("how grave it is"),
        max_length=6,
        choices=WordLevel.choices,
        default=WordLevel.MEDIUM,
        help_text=_("For danger alone. What is said to be long ago counts one step less."),
    )
    not_when = models.TextField(
        _("but not within these words"),
        blank=True,
        help_text=_("One on each line, written in the same way."),
    )
    note = models.CharField(
        _("why we have it"), max_length=200, help_text=_("For the next one who looks at it.")
    )
    is_on = models.BooleanField(_("in use"), default=True)

    class Meta:
        verbose_name = _("word rule")
        verbose_name_plural = _("word rules")
        ordering = ("kind", "pattern")
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=WordKind.values) & Q(level__in=WordLevel.values),
                name="help_word_rule_known",
            )
        ]

    def __str__(self) -> str:
        return self.pattern

    @property
    def never(self) -> tuple[str, ...]:
        return tuple(line.strip() for line in self.not_when.splitlines() if line.strip())

    def as_extra(self) -> ExtraRule:
        if self.kind == WordKind.CASE:
            return ExtraRule(self.pattern, Kind.INDIVIDUAL_CASE, Level.LOW, self.never)
        return ExtraRule(self.pattern, Kind.CONCERN, Level(self.level), self.never)

    def clean(self) -> None:
        """A rule that is slow, or so wide that hosts would stop looking, is refused."""
        self.pattern = " ".join(self.pattern.split())
        if wrong := why_not_a_pattern(self.pattern):
            raise ValidationError({"pattern": wrong})
        self._clean_exceptions()
        if not self.is_on:
            return
        if WordRule.objects.filter(is_on=True).exclude(pk=self.pk).count() >= MOST_RULES:
            raise ValidationError(
                _("There are %(most)d rules in use, and no more can be read in time.")
                % {"most": MOST_RULES}
            )
        self._clean_against_the_sentences()

    def _clean_exceptions(self) -> None:
        if self.kind == WordKind.NEVER and self.never:
            raise ValidationError({"not_when": _("An exception has no exceptions of its own.")})
        if len(self.never) > MOST_EXCEPTIONS:
            most = {"most": MOST_EXCEPTIONS}
            raise ValidationError({"not_when": _("Write at most %(most)d lines.") % most})
        for line in self.never:
            wrong = why_not_a_pattern(line)
            if len(line) > LONGEST_PATTERN:
                wrong = str(_("One of the lines is too long."))
            if wrong:
                raise ValidationError({"not_when": f"{line[:40]}: {wrong}"})

    def _clean_against_the_sentences(self) -> None:
        if self.kind == WordKind.NEVER:
            lost = silenced(self.pattern)
            said = _("Then nobody would be told of a sentence like this: »%(sentence)s«")
        else:
            lost = false_alarms(self.as_extra())
            said = _("The rule is too wide. It also sees this sentence: »%(sentence)s«")
        if lost:
            raise ValidationError({"pattern": said % {"sentence": lost[0]}})


def rules_that_may_rest() -> list[tuple[str, str]]:
    return [(source, source) for source in built_in_that_may_rest()]


class RestingRule(models.Model):
    """A built-in rule that is out of use, and why. Those of a plan or a farewell never rest."""

    pattern = models.CharField(
        _("built-in rule"), max_length=LONGEST_PATTERN * 3, unique=True, choices=rules_that_may_rest
    )
    reason = models.CharField(
        _("why it is out of use"),
        max_length=200,
        help_text=_("For the next one who looks at it. Delete this to put the rule in use again."),
    )

    class Meta:
        verbose_name = _("built-in rule out of use")
        verbose_name_plural = _("built-in rules out of use")
        ordering = ("pattern",)
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="help_resting_rule_says_why")
        ]

    def __str__(self) -> str:
        return self.pattern
