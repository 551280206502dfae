"""Numbers and places where a person finds help. Kept by staff: numbers and hours change, and a
region that runs one can cease to exist (domain §0.4), so none of this is template text."""

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from cocreate.help.last_resort import LAST_RESORT

# Guideline 1.5's check in domain §1.2: an offer nobody has looked at for this long is not shown.
OFFER_SHOWN_DAYS = 180
# The gate of domain §4.1: people are invited to speak only while help is checked this recently.
CHECK_AGAIN_DAYS = 90


class ForWhom(models.TextChoices):
    ALL = "all", _("Everybody")
    ME = "me", _("The person who reads")
    SOMEONE = "someone", _("Somebody who is worried about another person")
    RELATIVE = "relative", _("Relatives")
    CHILD = "child", _("Children, and adults worried about a child")


class HelpLineQuerySet(models.QuerySet["HelpLine"]):
    def current(self, day: date | None = None) -> "HelpLineQuerySet":
        """What the public sees. A crisis line is never hidden for its age: the worst that can
        happen is a call that is not answered, and the next number stands below it."""
        today = day or timezone.localdate()
        fresh = Q(checked_on__gte=today - timedelta(days=OFFER_SHOWN_DAYS))
        still_open = Q(valid_until=None) | Q(valid_until__gte=today)
        return self.filter(Q(crisis=True) | (fresh & still_open))

    def to_check(self, day: date | None = None) -> "HelpLineQuerySet":
        """What an editor should look at: never checked, checked long ago, or past its last day."""
        today = day or timezone.localdate()
        old = Q(checked_on__lt=today - timedelta(days=CHECK_AGAIN_DAYS))
        return self.filter(Q(checked_on=None) | old | Q(valid_until__lt=today))


class HelpLine(models.Model):
    """A number to call or a place to go."""

    name = models.CharField(_("name"), max_length=80)
    number = models.CharField(
        _("phone number"),
        max_length=20,
        blank=True,
        validators=[
            RegexValidator(r"^\+?[0-9][0-9 ]*$", _("Write the number with digits and spaces only."))
        ],
        help_text=_("As it is dialled. Leave it empty for a place."),
    )
    description = models.CharField(
        _("when to use it"),
        max_length=200,
        help_text=_("One or two plain sentences to the person who needs help."),
    )
    hours = models.CharField(
        _("opening hours"), max_length=80, blank=True, help_text=_("For example: day and night.")
    )
    for_whom = models.CharField(
        _("for whom"), max_length=10, choices=ForWhom.choices, default=ForWhom.ALL
    )
    place = models.CharField(
        _("address"), max_length=200, blank=True, help_text=_("Where one can come in person.")
    )
    url = models.URLField(_("link"), blank=True)
    crisis = models.BooleanField(
        _("for when life is in danger"),
        default=False,
        help_text=_("Stands first, and is shown until somebody deletes it, however old it is."),
    )
    order = models.PositiveSmallIntegerField(_("order"), default=100)
    checked_on = models.DateField(
        _("last checked on"),
        null=True,
        blank=True,
        help_text=format_lazy(
            _(
                "The day somebody called or asked and everything here was right. An offer that is "
                "not for danger is hidden {days} days after."
            ),
            days=OFFER_SHOWN_DAYS,
        ),
    )
    valid_until = models.DateField(_("valid until"), null=True, blank=True)

    objects = HelpLineQuerySet.as_manager()

    class Meta:
        verbose_name = _("help line")
        verbose_name_plural = _("help lines")
        ordering = ("-crisis", "order", "pk")
        constraints = [
            models.CheckConstraint(
                condition=~(Q(number="") & Q(place="") & Q(url="")),
                name="help_line_leads_somewhere",
            ),
            models.CheckConstraint(
                condition=Q(for_whom__in=ForWhom.values), name="help_line_for_somebody"
            ),
        ]

    def __str__(self) -> str:
        return self.name if self.name == self.number else f"{self.name} {self.number}".strip()

    @property
    def text(self) -> str:
        """When to use it and where it is, as components/help_lines.html wants it."""
        return " ".join(part for part in (self.description, self.place) if part)

    @property
    def dialled(self) -> str:
        return digits_of(self.number)

    @property
    def is_shown(self) -> bool:
        if self.crisis:
            return True
        today = timezone.localdate()
        return (
            self.checked_on is not None
            and self.checked_on >= today - timedelta(days=OFFER_SHOWN_DAYS)
            and (self.valid_until is None or self.valid_until >= today)
        )

    @property
    def standing(self) -> str:
        """What an editor needs to know about it, in one sentence."""
        seen = _("Shown to everybody.") if self.is_shown else _("Hidden from the public.")
        return f"{seen} {self._age()}"

    def _age(self) -> str:
        today = timezone.localdate()
        if self.valid_until is not None and self.valid_until < today:
            return str(_("Its last day has passed."))
        if self.checked_on is None:
            return str(_("Not checked yet."))
        days = (today - self.checked_on).days
        return ngettext("Checked %(days)d day ago.", "Checked %(days)d days ago.", days) % {
            "days": days
        }

    def clean(self) -> None:
        if not (self.number or self.place or self.url):
            raise ValidationError(_("Write a phone number, an address or a link."))
        if self.checked_on is not None and self.checked_on > timezone.localdate():
            raise ValidationError({"checked_on": _("This day has not come yet.")})


def digits_of(number: str) -> str:
    return "".join(sign for sign in number if sign.isdigit())


def known_numbers() -> frozenset[str]:
    """Digits of the numbers that stand on the help page: in a story they are nobody's secret."""
    kept = HelpLine.objects.exclude(number="").values_list("number", flat=True)
    return frozenset(
        digits_of(number) for number in [*kept, *(line.number for line in LAST_RESORT)]
    )
