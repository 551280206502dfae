"""Photos and voices of a story that is being written: taken in, previewed, removed, given along."""

from collections.abc import Mapping, Sequence
from threading import BoundedSemaphore
from typing import IO, Any

from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext as _

from cocreate.contributions import attachments
from cocreate.contributions.limits import too_many
from cocreate.contributions.models import Attachment, AttachmentKind
from cocreate.contributions.operations import FormTooOld, Received
from cocreate.contributions.viewer import Viewer
from cocreate.moderation.rules import record_findings
from cocreate.pictures.pixels import Photo, PictureRefused, draw_photo
from cocreate.sounds.sounds import SoundRefused, Voice, can_be_heard, record
from cocreate.stories import drafts
from cocreate.stories.forms import DESCRIPTION, KNOWN
from cocreate.stories.models import Draft

# For each network; each costs a process.
UPLOADS_AT_A_TIME = {"limit": 60, "seconds": 600}
# So many are decoded at once in one process of ours, and so long the next one waits for its turn.
AT_ONCE = BoundedSemaphore(2)
WAIT_SECONDS = 60
KINDS = (AttachmentKind.PHOTO, AttachmentKind.VOICE)


class FileRefused(Exception):
    """Its text is for the person who chose the file."""


def of(draft: Draft | None) -> list[Attachment]:
    return list(attachments.held_by(draft.public_id)) if draft is not None else []


def own_or_none(viewer: Viewer, public_id: str) -> Attachment | None:
    """Of a draft of one's own. Nobody else sees or hears what is not sent."""
    found = Attachment.objects.filter(public_id=public_id).exclude(held_by="").first()
    if found is None or not drafts.own(viewer).filter(public_id=found.held_by).exists():
        return None
    return found


def take(request: HttpRequest, draft: Draft) -> list[str]:
    """Keeps what came with the page and removes what it says; returns why something was not kept."""
    if unwanted := request.POST.get("remove", ""):
        remove(draft, unwanted)
    sent = [(kind, one) for kind in KINDS for one in request.FILES.getlist(kind)]
    most = attachments.MOST_PHOTOS + attachments.MOST_VOICES
    refusals = []
    for kind, upload in sent[:most]:
        try:
            if too_many(request, "file", **UPLOADS_AT_A_TIME):
                raise FileRefused(_too_much_at_once())
            add(draft, kind, upload)
        except FileRefused as refused:
            refusals.append(str(refused))
    if len(sent) > most:
        refusals.append(_no_more(AttachmentKind.PHOTO))
    return list(dict.fromkeys(refusals))


def add(draft: Draft, kind: str, upload: IO[bytes]) -> Attachment:
    """Sent twice it is one. Decoded first, and kept only while the draft is there. Raises FileRefused."""
    seal = attachments.seal_of(upload, draft.public_id)
    _same_or_room(draft, kind, seal)
    fresh = _developed(kind, upload)
    with transaction.atomic():
        if not drafts.hold(draft):
            raise FileRefused(
                _("The story was sent or deleted somewhere else. The file was not kept.")
            )
        return _same_or_room(draft, kind, seal) or attachments.keep(
            fresh, held_by=draft.public_id, seal=seal
        )


def _same_or_room(draft: Draft, kind: str, seal: str) -> Attachment | None:
    kept = of(draft)
    same = next((one for one in kept if one.seal == seal), None)
    if same is None and attachments.is_full(kept, kind):
        raise FileRefused(_no_more(kind))
    return same


def _developed(kind: str, upload: IO[bytes]) -> Photo | Voice:
    if kind == AttachmentKind.VOICE and not can_be_heard():
        raise FileRefused(
            _("We cannot take in sound right now. Write it, or try again another day.")
        )
    if not AT_ONCE.acquire(timeout=WAIT_SECONDS):
        raise FileRefused(_too_much_at_once())
    try:
        return draw_photo(upload) if kind == AttachmentKind.PHOTO else record(upload)
    except (PictureRefused, SoundRefused) as refused:
        raise FileRefused(str(refused)) from refused
    finally:
        AT_ONCE.release()


def remove(draft: Draft, public_id: str) -> None:
    attachments.remove(attachments.held_by(draft.public_id).filter(public_id=public_id))


def give(draft: Draft, received: Received, answers: Mapping[str, Any]) -> None:
    """The story takes over what belonged to its draft, with what was answered about each, in the
    caller's transaction. Raises FormTooOld when neither a word nor a file is left."""
    given = of(draft)
    if not given and not (received.version.text or "").strip():
        raise FormTooOld
    if not given:
        return
    for one in given:
        one.description = answers.get(f"{DESCRIPTION}{one.public_id}", "")
        one.known = answers.get(f"{KNOWN}{one.public_id}", "")
        one.may_publish_sound = not one.is_photo and bool(answers.get("sound"))
        one.save(update_fields=["description", "known", "may_publish_sound"])
    attachments.give_to(received.contribution, draft.public_id)
    # The rules read once more: what is written about the photos is there only now.
    record_findings(received.version)


def in_words(files: Sequence[Attachment]) -> list[str]:
    """Each by its name on the page where the story is looked through."""
    photos = [one for one in files if one.is_photo]
    named = [_("Picture %(number)d") % {"number": at} for at, _one in enumerate(photos, 1)]
    named += [
        _("Your voice, %(seconds)d seconds") % {"seconds": one.seconds or 0}
        for one in files
        if not one.is_photo
    ]
    return named


def _no_more(kind: str) -> str:
    if kind == AttachmentKind.PHOTO:
        return _("There are four pictures already. Remove one first.")
    return _("There is a recording already. Remove it first, and record anew.")


def _too_much_at_once() -> str:
    return _("We are receiving very much right now. Wait a little, and add the file again.")
