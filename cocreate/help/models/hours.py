"""When somebody sits here and can call: said to a person only as far as it stands here."""

from datetime import time

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.formats import time_format
from django.utils.translation import gettext_lazy as _


class Weekday(models.IntegerChoices):
    MONDAY = 0, _("Monday")
    TUESDAY = 1, _("Tuesday")
    WEDNESDAY = 2, _("Wednesday")
    THURSDAY = 3, _("Thursday")
    FRIDAY = 4, _("Friday")
    SATURDAY = 5, _("Saturday")
    SUNDAY = 6, _("Sunday")


class StaffedHours(models.Model):
    """Hours on a day of the week in which a person calls back those who asked."""

    weekday = models.PositiveSmallIntegerField(_("day"), choices=Weekday.choices)
    opens: "models.TimeField[time, time]" = models.TimeField(_("from"))
    closes: "models.TimeField[time, time]" = models.TimeField(_("to"))

    class Meta:
        verbose_name = _("staffed hours")
        verbose_name_plural = _("staffed hours")
        ordering = ("weekday", "opens")
        constraints = [
            models.CheckConstraint(
                condition=Q(weekday__lte=Weekday.SUNDAY.value), name="help_hours_on_a_weekday"
            ),
            models.CheckConstraint(
                condition=Q(opens__lt=F("closes")), name="help_hours_have_length"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_weekday_display()} {time_format(self.opens)}–{time_format(self.closes)}"

    def clean(self) -> None:
        if self.opens is None or self.closes is None or self.weekday is None:
            return
        if self.opens >= self.closes:
            raise ValidationError({"closes": _("Write a time later than the first.")})
        others = StaffedHours.objects.filter(weekday=self.weekday).exclude(pk=self.pk)
        if others.filter(opens__lt=self.closes, closes__gt=self.opens).exists():
            raise ValidationError(_("There are other hours on this day that these run into."))


class ClosedDay(models.Model):
    """A day on which nobody calls, though its weekday has hours. Public holidays are known."""

    day = models.DateField(_("day"), unique=True)
    note = models.CharField(_("why"), max_length=80, blank=True)

    class Meta:
        verbose_name = _("closed day")
        verbose_name_plural = _("closed days")
        ordering = ("day",)

    def __str__(self) -> str:
        return self.day.isoformat()
