"""The one door through which a picture reaches the storage, whichever view or script opens it."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.forms import FileField
from wagtail.images.fields import WagtailImageField as WagtailFormField
from wagtail.images.models import WagtailImageField, WagtailImageFieldFile

from cocreate.pictures.pixels import FreshPicture, PictureRefused, redraw


class PictureFile(WagtailImageFieldFile):  # type: ignore[misc]
    """Redraws what is not fresh yet. A form has done so before: then nothing is drawn twice."""

    file: Any
    name: str

    def save(self, name: str, content: "File[bytes]", save: bool = True) -> None:
        fresh = content if isinstance(content, FreshPicture) else redraw(content, name=name)
        super().save(fresh.name, fresh, save)

    def get_image_dimensions(self) -> tuple[int, int]:
        # Django asks as soon as a file is assigned, and would decode raw bytes in this process.
        if not self._committed and not isinstance(self.file, FreshPicture):
            self.file = redraw(self.file, name=self.name)
            self.name = self.file.name
        size: tuple[int, int] = super().get_image_dimensions()
        return size


class PictureField(WagtailImageField):  # type: ignore[misc]
    attr_class = PictureFile


class PictureFormField(WagtailFormField):  # type: ignore[misc]
    """Wagtail's own checks decode the raw file and answer three kinds of it with status 500."""

    def to_python(self, data: Any) -> FreshPicture | None:
        upload = FileField.to_python(self, data)
        if upload is None:
            return None
        try:
            return redraw(upload, name=upload.name or "")
        except PictureRefused as refused:
            raise ValidationError(str(refused), code="refused") from refused
