"""What is asked and shown about the photos of a story."""

from django import forms, template

from cocreate.contributions.models import Attachment
from cocreate.stories.forms import DESCRIPTION, KNOWN

register = template.Library()


@register.simple_tag
def description_of(form: forms.Form, photo: Attachment) -> forms.BoundField:
    return form[f"{DESCRIPTION}{photo.public_id}"]


@register.simple_tag
def known_of(form: forms.Form, photo: Attachment) -> forms.BoundField:
    return form[f"{KNOWN}{photo.public_id}"]
