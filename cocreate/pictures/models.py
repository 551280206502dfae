"""Pictures that staff put on pages. People's own pictures never come here (design §2.8)."""

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile, File
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import MultiFieldPanel, Panel
from wagtail.images.models import AbstractImage, AbstractRendition, Image, get_upload_to

from cocreate.pictures.fields import PictureField


class Picture(AbstractImage):  # type: ignore[misc]
    """Stored as fresh pixels under a random name, whichever door it came in by."""

    file = PictureField(
        verbose_name=_("file"), upload_to=get_upload_to, width_field="width", height_field="height"
    )

    admin_form_fields = Image.admin_form_fields

    def generate_rendition_file(self, *args: Any, **kwargs: Any) -> "File[bytes]":
        """Wagtail leaves its temporary file open until the garbage collector comes by."""
        with super().generate_rendition_file(*args, **kwargs) as made:
            made.seek(0)
            return ContentFile(made.read(), name=made.name)

    class Meta(AbstractImage.Meta):  # type: ignore[misc]
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")


class PictureRendition(AbstractRendition):  # type: ignore[misc]
    image: "models.ForeignKey[Picture, Picture]" = models.ForeignKey(
        Picture, on_delete=models.CASCADE, related_name="renditions"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=("image", "filter_spec", "focal_point_key"), name="pictures_one_rendition"
            )
        ]


class Illustrated(models.Model):
    """A page with one picture. Whether it tells something or only decorates is a decision that
    nobody can skip: a screen reader needs to know (trust requirement 72)."""

    picture = models.ForeignKey(
        Picture,
        verbose_name=_("picture"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    picture_alt = models.CharField(
        _("what the picture shows"),
        max_length=200,
        blank=True,
        help_text=_("For those who cannot see it. One plain sentence."),
    )
    picture_decorates = models.BooleanField(
        _("the picture only decorates"),
        default=False,
        help_text=_("It tells nothing that is not in the text, and is passed over in silence."),
    )

    picture_panels: ClassVar[list[Panel]] = [
        MultiFieldPanel(["picture", "picture_alt", "picture_decorates"], _("Picture"))
    ]

    class Meta:
        abstract = True

    def clean(self) -> None:
        super().clean()
        if self.picture_id and bool(self.picture_alt.strip()) == self.picture_decorates:
            raise ValidationError(
                {"picture_alt": _("Say what the picture shows, or that it only decorates.")}
            )
