"""Which photos and voices are shown with a story: those whose author has answered for them, and at
which a host has looked. Everything else of the story is shown without them."""

from django.db import transaction
from django.utils import timezone

from cocreate.accounts.models import User
from cocreate.contributions import attachments
from cocreate.contributions.kinds import page_keys
from cocreate.contributions.models import Attachment, Contribution, KindName, State
from cocreate.moderation.errors import NotFromHere, NothingToShow, OwnContribution, ReasonMissing
from cocreate.moderation.models import REASONS_TO_CHOOSE, Look
from cocreate.pagecache.models import bump

# What an author has taken back is nobody's to look at.
GONE = (State.WITHDRAWN, State.ERASED)


def look_at(attachment: Attachment, *, by: User, known: str = "", refused: str = "") -> Look:
    """A host has seen or heard it; the newest answer stands, and holds from the next request.

    Raises NotFromHere, OwnContribution, ReasonMissing, NothingToShow; nothing is changed then.
    """
    with transaction.atomic():
        contribution, held = _held(attachment)
        if contribution.author_id == by.pk:
            raise OwnContribution
        answered = known or refused or not held.is_photo
        if (refused and refused not in REASONS_TO_CHOOSE) or not answered:
            raise ReasonMissing
        now = {"known": known, "refused": refused, "by": by, "at": timezone.now()}
        look, _made = Look.objects.update_or_create(attachment=held, defaults=now)
        _settle_while_shown(contribution)
    return look


def take_out(attachment: Attachment) -> None:
    """Its author does not want it there any more: gone at the next request.

    The caller has checked that it is the author. Raises NotFromHere, and NothingToShow when nothing
    would be left of the story: taking it back is something else.
    """
    with transaction.atomic():
        contribution, held = _held(attachment)
        newest = contribution.versions.last_approved()
        has_words = newest is not None and bool((newest.text or "").strip())
        if not has_words and contribution.attachments.count() == 1:
            raise NothingToShow
        attachments.remove(contribution.attachments.filter(pk=held.pk))
        _settle_while_shown(contribution)


def settle(contribution: Contribution) -> None:
    """Shows what may be shown of a story that is shown, and nothing of any other. The caller holds
    the contribution and has saved its state."""
    if contribution.kind != KindName.STORY:
        return
    is_shown = contribution.state == State.PUBLISHED
    for held in contribution.attachments.select_related("look"):
        wanted = is_shown and _may_be_shown(held)
        words = held.description if wanted and held.is_photo else ""
        if (held.shown, held.published_description) != (wanted, words):
            held.shown, held.published_description = wanted, words
            held.save(update_fields=["shown", "published_description"])


def has_something_to_show(contribution: Contribution) -> bool:
    """A picture says something without a word; a voice is shown with words alone."""
    kept = contribution.attachments.select_related("look")
    return any(held.is_photo and _may_be_shown(held) for held in kept)


def _may_be_shown(held: Attachment) -> bool:
    look = getattr(held, "look", None)
    return held.may_be_shown and look is not None and look.allows(held)


def _held(attachment: Attachment) -> tuple[Contribution, Attachment]:
    """The contribution first, as everywhere."""
    contribution = (
        Contribution.objects.select_for_update(of=("self",))
        .filter(attachments=attachment.pk)
        .first()
    )
    if contribution is None or contribution.state in GONE:
        raise NotFromHere
    held = contribution.attachments.filter(pk=attachment.pk).first()
    if held is None:
        raise NotFromHere(contribution.state)
    return contribution, held


def _settle_while_shown(contribution: Contribution) -> None:
    if contribution.state != State.PUBLISHED:
        return
    if not contribution.published_text.strip() and not has_something_to_show(contribution):
        raise NothingToShow
    settle(contribution)
    bump(*page_keys(contribution))
