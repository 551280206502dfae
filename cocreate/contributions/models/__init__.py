"""Every voice is a Contribution; its raw wordings, consents, receipt and room hang on it."""

from cocreate.contributions.models.attachments import MAY_BE_SEEN, Attachment, AttachmentKind, Known
from cocreate.contributions.models.consents import Consent, GivenHow, Scope
from cocreate.contributions.models.contribution import (
    MOVES,
    Audience,
    Channel,
    Contribution,
    ContributionQuerySet,
    Helper,
    KindName,
    State,
    VoiceRole,
)
from cocreate.contributions.models.receipts import Receipt
from cocreate.contributions.models.rooms import ChosenName, Membership, Room, RoomKind
from cocreate.contributions.models.versions import MadeBy, TextVersion, TextVersionQuerySet

__all__ = [
    "MAY_BE_SEEN",
    "MOVES",
    "Attachment",
    "AttachmentKind",
    "Audience",
    "Channel",
    "ChosenName",
    "Consent",
    "Contribution",
    "ContributionQuerySet",
    "GivenHow",
    "Helper",
    "KindName",
    "Known",
    "MadeBy",
    "Membership",
    "Receipt",
    "Room",
    "RoomKind",
    "Scope",
    "State",
    "TextVersion",
    "TextVersionQuerySet",
    "VoiceRole",
]
