"""What somebody who wants to be called writes, and what a host writes of the call."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from cocreate.moderation.models import CallBackOutcome, WhenItSuits
from cocreate.moderation.voice_forms import OnceForm
from cocreate.text.forms import PlainLineField

LONGEST_NUMBER, LONGEST_NAME = 30, 80
_NUMBER = re.compile(r"\+?[0-9 ().\-/]+")
# The shortest Danish number one can be called on, and the longest there is anywhere (E.164).
FEWEST_DIGITS, MOST_DIGITS = 8, 15


class CallBackForm(OnceForm):
    number = PlainLineField(
        label=_("Your phone number"),
        help_text=_("Only the host who calls you sees it. We delete it afterwards."),
        max_length=LONGEST_NUMBER,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel", "inputmode": "tel"}),
        error_messages={"required": _("Write the number we are to call")},
    )
    name = PlainLineField(
        label=_("What are we to call you?"),
        required=False,
        max_length=LONGEST_NAME,
        widget=forms.TextInput(attrs={"autocomplete": "off", "dir": "auto"}),
    )
    suits = forms.ChoiceField(
        label=_("When does it suit you?"),
        choices=WhenItSuits.choices,
        initial=WhenItSuits.ANY,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose when it suits you"),
            "invalid_choice": _("Choose when it suits you"),
        },
    )
    under_open_code = forms.BooleanField(
        label=_("Put it under the code that is open here"),
        required=False,
        help_text=_("Then you can cancel it with the code. Do it only when the code is yours."),
    )
    read_by_rules = ("name",)

    def __init__(self, *args: Any, code_is_open: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        if not code_is_open:
            del self.fields["under_open_code"]

    def clean_number(self) -> str:
        typed: str = self.cleaned_data["number"]
        digits = sum(sign.isdigit() for sign in typed)
        if not _NUMBER.fullmatch(typed) or not FEWEST_DIGITS <= digits <= MOST_DIGITS:
            raise ValidationError(_("Write a phone number of at least eight digits"))
        return typed


class OutcomeForm(forms.Form):
    outcome = forms.ChoiceField(
        label=_("What came of it?"),
        choices=[
            choice for choice in CallBackOutcome.choices if choice[0] != CallBackOutcome.MISSED
        ],
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose what came of it"),
            "invalid_choice": _("Choose what came of it"),
        },
    )
