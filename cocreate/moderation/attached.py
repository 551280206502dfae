"""What a host's page shows of the photos and the voice of a story."""

from dataclasses import dataclass

from cocreate.contributions.models import Attachment, Contribution, KindName
from cocreate.moderation.forms import LookForm
from cocreate.moderation.models import Look


@dataclass(frozen=True)
class Attached:
    """`number` is the photo's among the photos; `look` is None while nobody has looked."""

    attachment: Attachment
    number: int
    look: Look | None
    form: LookForm


def attached_to(contribution: Contribution, sent: LookForm | None = None) -> list[Attached]:
    if contribution.kind != KindName.STORY:
        return []
    found: list[Attached] = []
    for one in contribution.attachments.select_related("look__by"):
        number = sum(1 for other in found if other.attachment.is_photo) + one.is_photo
        found.append(Attached(one, number, look_of(one), _form(one, sent)))
    return found


def look_of(attachment: Attachment) -> Look | None:
    return getattr(attachment, "look", None)


def _form(attachment: Attachment, sent: LookForm | None) -> LookForm:
    """The one that was sent and refused, or one with what stands."""
    if sent is not None and sent.attachment == attachment:
        return sent
    look = look_of(attachment)
    stands = {"known": look.known, "refused": look.refused} if look else {}
    return LookForm(initial=stands, attachment=attachment)
