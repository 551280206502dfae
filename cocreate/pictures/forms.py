"""Wagtail's picture form, whose file is fresh pixels from the moment it has been read."""

import re
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from wagtail.images.forms import BaseImageForm

from cocreate.pictures.fields import PictureFormField

# Day, month, year and four digits, as a file named after a person has them. The title begins as
# the name of the file, and is what Wagtail would read aloud for a picture without a description.
CPR = re.compile(r"(?<!\d)(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])\d{2}[ ._-]?\d{4}(?!\d)")


class PictureForm(BaseImageForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "file" in self.fields:
            given = self.fields["file"]
            self.fields["file"] = PictureFormField(
                label=given.label, required=given.required, widget=given.widget
            )

    def clean_title(self) -> str:
        title = str(self.cleaned_data["title"])
        if CPR.search(title):
            raise ValidationError(
                _("This looks like a CPR number. Give the picture another title.")
            )
        return title

    def _post_clean(self) -> None:
        super()._post_clean()
        chosen = "file" in self.fields and self.add_prefix("file") in self.files
        if chosen and self.errors and "file" not in self.errors:
            self.add_error("file", self._choose_again())

    def _choose_again(self) -> str:
        """Wagtail's page for many pictures keeps the raw file, GPS position and all, while another
        answer is wrong; with an error on the file itself it keeps nothing and shows this line."""
        wrong = [
            f"{self.fields[name].label}: {error}" if name in self.fields else str(error)
            for name, errors in self.errors.items()
            for error in errors
        ]
        return _("The file was not kept. Choose it again when this is mended: %(wrong)s") % {
            "wrong": " ".join(wrong)
        }
