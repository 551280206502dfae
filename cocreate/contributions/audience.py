"""The circles that may read a published contribution, widest last."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Audience(models.TextChoices):
    HOST = "host", _("Hosts only")
    ROOM = "room", _("Members of the room")
    COUNCIL = "council", _("Councillors and staff")
    PUBLIC = "public", _("Everybody")
