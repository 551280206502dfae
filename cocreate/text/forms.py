"""Form fields for what people write: cleaned first, so that no character is a reason to refuse."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from cocreate.text.plain import clean

TEXT_MAX_LENGTH = 20_000
LINE_MAX_LENGTH = 200
# What is this many times too long is counted but not cleaned: work stays bounded.
_FAR_TOO_LONG = 10


class RoomFor:
    """At most so many characters, and a sentence that says how many there are."""

    def __init__(self, limit: int) -> None:
        self.limit = limit

    def __call__(self, value: str) -> None:
        if len(value) > self.limit:
            raise ValidationError(
                _(
                    "Your text is %(length)s characters long. There is room for %(limit)s. "
                    "Please make it shorter; nothing you wrote has been removed."
                ),
                code="max_length",
                params={"length": _grouped(len(value)), "limit": _grouped(self.limit)},
            )


class PlainTextField(forms.CharField):
    """Text of several lines. No maxlength attribute: browsers cut a pasted text without a word."""

    widget: Any = forms.Textarea
    lines = True
    default_max_length = TEXT_MAX_LENGTH

    def __init__(self, *, max_length: int | None = None, **options: Any) -> None:
        super().__init__(**options)
        self.max_length = max_length or self.default_max_length
        self._room = RoomFor(self.max_length)
        self.validators.append(self._room)

    def to_python(self, value: Any) -> str:
        if value in self.empty_values:
            return str(super().to_python(value))
        text = str(value)
        if len(text) > self._room.limit * _FAR_TOO_LONG:
            self._room(text)
        return str(super().to_python(clean(text, lines=self.lines)))

    def prepare_value(self, value: Any) -> Any:
        """What is shown again after an error can always be encoded."""
        return clean(value, lines=self.lines) if isinstance(value, str) else value


class PlainLineField(PlainTextField):
    """One line: a title, a chosen name."""

    widget = forms.TextInput
    lines = False
    default_max_length = LINE_MAX_LENGTH


def _grouped(number: int) -> str:
    return number_format(number, use_l10n=True, force_grouping=True)
