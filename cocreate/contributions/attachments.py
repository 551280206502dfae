"""Photos and voices: how their bytes are kept, read and removed. Who may, access.py says."""

import os
from collections.abc import Iterable
from functools import partial
from hashlib import sha256
from secrets import token_hex
from typing import IO

from cryptography.fernet import Fernet
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from cocreate.contributions.codes import digest
from cocreate.contributions.models import Attachment, AttachmentKind, Contribution, KindName
from cocreate.pictures.pixels import Photo
from cocreate.sounds.sounds import Voice

MOST_PHOTOS, MOST_VOICES = 4, 1
FOLDER = "bilag"
CHUNK = 1024 * 1024


def seal_of(upload: IO[bytes], held_by: str) -> str:
    """Digest of what came, under our own key: whoever has the photo and the database cannot tell
    that the two belong together."""
    upload.seek(0)
    content = sha256()
    while piece := upload.read(CHUNK):
        content.update(piece)
    upload.seek(0)
    return digest("attachment", f"{held_by}|{content.hexdigest()}")


def held_by(draft: str) -> QuerySet[Attachment]:
    """What belongs to a draft, by its public id."""
    return Attachment.objects.filter(held_by=draft).exclude(held_by="")


def is_full(kept: Iterable[Attachment], kind: str) -> bool:
    most = MOST_PHOTOS if kind == AttachmentKind.PHOTO else MOST_VOICES
    return sum(1 for one in kept if one.kind == kind) >= most


def keep(fresh: Photo | Voice, *, held_by: str, seal: str) -> Attachment:
    """Stores what we wrote ourselves, under a key of its own. The caller holds the draft.

    The bytes are there, and lie on the disk, before the row says so. When the row does not come to
    be, they are removed; killed in between, they stay behind as noise, since nobody has the key.
    """
    key = Fernet.generate_key()
    name = default_storage.save(
        f"{FOLDER}/{token_hex(16)}", ContentFile(Fernet(key).encrypt(fresh.content))
    )
    try:
        _is_on_the_disk(name)
        with transaction.atomic():
            return Attachment.objects.create(
                held_by=held_by,
                seal=seal,
                stored_as=name,
                key=key.decode("ascii"),
                added_at=timezone.now(),
                **_measures(fresh),
            )
    except BaseException:
        default_storage.delete(name)
        raise


def _measures(fresh: Photo | Voice) -> dict[str, object]:
    if isinstance(fresh, Photo):
        return {"kind": AttachmentKind.PHOTO, "width": fresh.width, "height": fresh.height}
    return {"kind": AttachmentKind.VOICE, "seconds": fresh.seconds}


def _is_on_the_disk(name: str) -> None:
    """What is said to be stored outlives a loss of power; other storages answer for themselves."""
    try:
        path = default_storage.path(name)
    except NotImplementedError:
        return
    for place in (path, os.path.dirname(path)):
        opened = os.open(place, os.O_RDONLY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)


def content_of(attachment: Attachment) -> bytes:
    """Raises FileNotFoundError where the storage has lost it."""
    with default_storage.open(attachment.stored_as) as stored:
        content: bytes = Fernet(attachment.key.encode()).decrypt(stored.read())
    return content


def described(contribution: Contribution) -> str:
    """What its author has written about the pictures of a story, one below the other."""
    if contribution.kind != KindName.STORY:
        return ""
    return descriptions(contribution.attachments.all())


def descriptions(files: Iterable[Attachment]) -> str:
    return "\n".join(one.description for one in files if one.is_photo)


def give_to(contribution: Contribution, draft: str) -> None:
    """What belonged to the draft belongs to the story from now on, in the caller's transaction."""
    Attachment.objects.filter(held_by=draft).exclude(held_by="").update(
        held_by="", contribution=contribution
    )


def remove(attachments: QuerySet[Attachment]) -> int:
    """With the rows go the keys, in the caller's transaction; the bytes follow after the commit."""
    with transaction.atomic():
        going = list(attachments.select_for_update().only("pk", "stored_as"))
        Attachment.objects.filter(pk__in=[one.pk for one in going]).delete()
        for one in going:
            transaction.on_commit(partial(default_storage.delete, one.stored_as), robust=True)
    return len(going)
