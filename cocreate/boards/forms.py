"""Coming to a board: the code at the door, and what one says of oneself when one goes in."""

from django import forms
from django.utils.translation import gettext_lazy as _

from cocreate.accounts.models import Role, User
from cocreate.boards.codes import LENGTH, as_typed
from cocreate.boards.models import Workshop
from cocreate.moderation.voice_forms import OnceForm
from cocreate.text.forms import PlainLineField
from cocreate.text.names import SENTENCES, check_alias

LONGEST_NAME = 30


class CodeForm(forms.Form):
    """Asked for by GET, so that the address with the code in it can be shared."""

    kode = PlainLineField(
        label=_("Write the workshop's code"),
        help_text=_("It has six letters and numbers. The facilitator shows it on the screen."),
        widget=forms.TextInput(
            attrs={
                "autocomplete": "off",
                "autocapitalize": "characters",
                "spellcheck": "false",
                "inputmode": "text",
            }
        ),
        error_messages={"required": _("Write the code of six letters and numbers")},
    )

    def clean_kode(self) -> str:
        """The workshop's own spelling; one that is over and emptied is no workshop any more."""
        typed = as_typed(self.cleaned_data["kode"])
        known = len(typed) == LENGTH and Workshop.objects.filter(code=typed, emptied_at=None)
        if not known or not known.exists():
            raise forms.ValidationError(
                _("No workshop has that code now. Look at the screen once more, sign by sign.")
            )
        return typed


class DoorForm(OnceForm):
    """A name or none, and whether one may be quoted. Sent twice it is one seat."""

    name = PlainLineField(
        label=_("What shall we call you?"),
        help_text=_(
            "The others at the board see it beside your notes. It never stands on the big screen. "
            "Leave it empty, and nobody sees who wrote what."
        ),
        required=False,
        max_length=LONGEST_NAME,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    may_quote = forms.BooleanField(
        label=_("Short quotes from my notes may stand in the politicians' papers"),
        help_text=_(
            "The papers are public. Once the politicians have their papers, we cannot call a quote "
            "back."
        ),
        required=False,
    )
    read_by_rules = ()

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        refusal = check_alias(name, _those_who_speak_in_their_own_name()) if name else None
        if refusal:
            raise forms.ValidationError(str(SENTENCES[refusal]))
        return name


def _those_who_speak_in_their_own_name() -> list[str]:
    """Nobody else may be taken for them."""
    staff = User.objects.filter(groups__name__in=Role.values, is_active=True).distinct()
    names = (f"{first} {last}" for first, last in staff.values_list("first_name", "last_name"))
    return [name.strip() for name in names if name.strip()]
