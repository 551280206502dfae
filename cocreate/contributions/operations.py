"""Taking in what a person gives: once, whole, and confirmed only after it is stored."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from secrets import token_urlsafe
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from cocreate.accounts.models import Role, User
from cocreate.contributions.audience import Audience
from cocreate.contributions.codes import code_digest, code_for, digest
from cocreate.contributions.models import (
    Channel,
    ChosenName,
    Consent,
    Contribution,
    GivenHow,
    MadeBy,
    Receipt,
    Room,
    State,
    TextVersion,
    VoiceRole,
)
from cocreate.contributions.names import take_name
from cocreate.contributions.viewer import Viewer
from cocreate.themes.models import Guideline, Theme

# The sentence at the field of a post, a note and a proposal; raise it when that one changes.
CONSENT_WORDING = 1


class AlreadyDecided(Exception):
    """The same form came again with other words after a host had decided on the first ones."""


class FormTooOld(Exception):
    """The form's id was used long ago, by another account, or for another place; a fresh form
    with the same words is what helps."""


class SentBefore(Exception):
    """The same form came again with other words while the first ones wait. Whether they take the
    place of the first or stand beside them, only the person can say."""

    def __init__(self, contribution: Contribution) -> None:
        super().__init__()
        self.contribution = contribution


@dataclass(frozen=True)
class Words:
    text: str
    title: str = ""
    alias: str = ""
    # What a proposal wants in the strategy.
    proposed: str = ""


@dataclass(frozen=True)
class Given:
    """All that one form says.

    `scopes` are the consents ticked, `wordings` by scope the number of the question that was
    answered (cocreate/wordings), `details` further columns of the row, mostly
    the child's, and `same_place` what an
    earlier contribution of the same form must match to be this one (look-ups on the child).
    `keep_under` is a receipt the person chose by its code; never one that merely lies open in the
    session, since the next person at a shared computer would put their words under it.
    `replaces` names the contribution whose words the person wants these to take the place of, ""
    none; with None the question does not arise.
    """

    submission_id: str
    words: Words
    viewer: Viewer
    scopes: frozenset[str] = frozenset()
    wordings: Mapping[str, int] = field(default_factory=dict)
    role: str = VoiceRole.CITIZEN
    email: str = ""
    theme: Theme | None = None
    guidelines: Iterable[Guideline] = ()
    room: Room | None = None
    channel: str = Channel.WEB
    given_how: str = GivenHow.WEB
    language: str = "da"
    keep_under: Receipt | None = None
    replaces: str | None = None
    details: dict[str, Any] = field(default_factory=dict)
    same_place: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Received:
    """`code` is None when the person's own open receipt or account holds the contribution."""

    contribution: Contribution
    version: TextVersion
    code: tuple[str, ...] | None
    is_new_wording: bool


def new_submission_id() -> str:
    """128 fresh random bits for a form; they make sending it twice harmless."""
    return token_urlsafe(16)


def receive(model: type[Contribution], kind: str, given: Given) -> Received:
    """Stores a contribution as `pending`, or finds the one this form made before.

    Raises FormTooOld, AlreadyDecided, SentBefore and NameTaken; nothing is stored then.
    """
    seal = submission_seal(given.submission_id, given.viewer)
    with transaction.atomic():
        earlier = _locked(seal)
        if earlier is None:
            try:
                with transaction.atomic():
                    return _store(model, kind, given, seal)
            except IntegrityError:
                # The same form arrived at the same moment; the other request has stored it now.
                earlier = _locked(seal)
                if earlier is None:
                    raise
        if not _is_from_the_same_hand(earlier, model, kind, given):
            raise FormTooOld
        return _again(earlier, model, given)


def submission_seal(submission_id: str, viewer: Viewer) -> str:
    """What is stored of a form's id: a digest of it and of the browser it was shown in."""
    return digest("submission", _secret(submission_id, viewer))


def _secret(submission_id: str, viewer: Viewer) -> str:
    return f"{submission_id}|{viewer.browser}"


def code_of_form(form_id: str, viewer: Viewer) -> tuple[str, ...]:
    """The seven words that this form makes in this browser."""
    return code_for(_secret(form_id, viewer))


def was_received(given: Given) -> bool:
    """Whether this form was stored before, so that its retry needs only its receipt again."""
    seal = submission_seal(given.submission_id, given.viewer)
    return Contribution.objects.filter(submission_digest=seal).exists()


def _locked(seal: str) -> Contribution | None:
    return Contribution.objects.select_for_update().filter(submission_digest=seal).first()


def _store(model: type[Contribution], kind: str, given: Given, seal: str) -> Received:
    now = timezone.now()
    receipt, code = _receipt_for(given)
    author = given.viewer.user
    contribution = model(
        kind=kind,
        submission_digest=seal,
        receipt=receipt,
        author=author,
        alias=given.words.alias or None,
        chosen_name=_name_for(given, author, given.room, seal),
        role=_role(author, given.role),
        channel=given.channel,
        theme=given.theme,
        language=given.language,
        room=given.room,
        audience=given.room.audience if given.room else Audience.PUBLIC,
        state=State.PENDING,
        submitted_at=now,
        state_changed_at=now,
        **given.details,
    )
    contribution.save(force_insert=True)
    contribution.guidelines.set(given.guidelines)
    version = _write(contribution, given, number=1, now=now)
    return Received(contribution, version, code, is_new_wording=True)


def _is_from_the_same_hand(
    earlier: Contribution, model: type[Contribution], kind: str, given: Given
) -> bool:
    """The same account or none, the same kind, room and topic."""
    user = given.viewer.user
    return (
        earlier.kind == kind
        and earlier.author_id == (user.pk if user else None)
        and earlier.room_id == (given.room.pk if given.room else None)
        and model._default_manager.filter(pk=earlier.pk, **given.same_place).exists()
    )


def _again(contribution: Contribution, model: type[Contribution], given: Given) -> Received:
    """The same form once more: the same receipt, and a new wording when the words differ."""
    oldest = timezone.now() - timedelta(hours=settings.RECEIPT_SAME_FORM_HOURS)
    if contribution.submitted_at is None or contribution.submitted_at < oldest:
        raise FormTooOld
    newest = contribution.versions.last_approved()
    if newest is None or newest.text is None:
        raise AlreadyDecided
    is_asked_about = given.replaces not in {None, contribution.public_id}
    if is_asked_about and _is_reworded(contribution, newest, given):
        raise SentBefore(contribution)
    code = _code_again(contribution, given)
    if code:
        keep_address(contribution.receipt, given.email)
    columns = {name: value for name, value in given.details.items() if name != "topic"}
    if says_the_same(contribution, newest, given):
        if columns and contribution.state in {State.PENDING, State.RETURNED}:
            model._default_manager.filter(pk=contribution.pk).update(**columns)
        return Received(contribution, newest, code, is_new_wording=False)
    version = reword(contribution, given)
    if columns:
        model._default_manager.filter(pk=contribution.pk).update(**columns)
    return Received(contribution, version, code, is_new_wording=True)


def _is_reworded(contribution: Contribution, newest: TextVersion, given: Given) -> bool:
    """Other words while they can still be changed. What a host has decided on stays as it is."""
    words = given.words
    waits = contribution.state in {State.PENDING, State.RETURNED}
    before = (newest.title or "", newest.text, newest.proposed or "")
    return waits and before != (words.title, words.text, words.proposed)


def says_the_same(contribution: Contribution, newest: TextVersion, given: Given) -> bool:
    words = given.words
    scopes = frozenset(contribution.consents.active().values_list("scope", flat=True))
    role = _role(contribution.author, given.role)
    said = (newest.title or "", newest.text, newest.proposed or "")
    before = (*said, contribution.alias or "", contribution.role, scopes)
    return before == (
        words.title,
        words.text,
        words.proposed,
        words.alias,
        role,
        given.scopes,
    )


def reword(contribution: Contribution, given: Given) -> TextVersion:
    """The author's own new wording, with its own consents, while no host has decided.

    The caller holds the contribution's row. Raises AlreadyDecided and NameTaken.
    """
    if contribution.state not in {State.PENDING, State.RETURNED}:
        raise AlreadyDecided
    if (contribution.alias or "") != given.words.alias:
        seal = contribution.submission_digest
        contribution.chosen_name = _name_for(given, contribution.author, contribution.room, seal)
    contribution.alias = given.words.alias or None
    contribution.theme = given.theme
    contribution.role = _role(contribution.author, given.role)
    contribution.save(update_fields=["alias", "chosen_name", "theme", "role"])
    contribution.guidelines.set(given.guidelines)
    last = contribution.versions.order_by("-number").values_list("number", flat=True).first() or 0
    return _write(contribution, given, number=last + 1, now=timezone.now())


def _write(contribution: Contribution, given: Given, *, number: int, now: datetime) -> TextVersion:
    version = TextVersion.objects.create(
        contribution=contribution,
        number=number,
        title=given.words.title,
        text=given.words.text,
        proposed=given.words.proposed or None,
        made_by=MadeBy.AUTHOR,
        approved_by_author_at=now,
    )
    contribution.consents.active().update(revoked_at=now)
    Consent.objects.bulk_create(
        Consent(
            contribution=contribution,
            scope=scope,
            text_version=version,
            wording_version=given.wordings.get(scope, CONSENT_WORDING),
            given_how=given.given_how,
            given_at=now,
        )
        for scope in sorted(given.scopes)
    )
    return version


def _name_for(given: Given, author: User | None, room: Room | None, seal: str) -> ChosenName | None:
    """Holds a nickname in its room. Those who speak in their own name have none to hold."""
    name = given.words.alias
    if room is None or not name or (author is not None and author.speaks_in_own_name):
        return None
    return take_name(name, room, viewer=given.viewer, seal=seal, keep_under=given.keep_under)


def _receipt_for(given: Given) -> tuple[Receipt, tuple[str, ...] | None]:
    """The receipt the person chose, or a new one with its code."""
    if given.keep_under is not None:
        return _kept_under(given.keep_under, given)
    code = code_of_form(given.submission_id, given.viewer)
    return Receipt.objects.create(code_digest=code_digest(code), email=given.email or None), code


def _kept_under(receipt: Receipt, given: Given) -> tuple[Receipt, tuple[str, ...] | None]:
    """A draft has made it with this very form: then its code is shown once more. Whoever has the
    code says where word goes: a new address takes the place of the one before."""
    code = code_of_form(given.submission_id, given.viewer)
    keep_address(receipt, given.email)
    return receipt, code if receipt.code_digest == code_digest(code) else None


def keep_address(receipt: Receipt | None, email: str) -> None:
    if receipt is not None and email:
        receipt.email = email
        receipt.save(update_fields=["email"])


def _code_again(contribution: Contribution, given: Given) -> tuple[str, ...] | None:
    """The code, when it was this form that made the receipt; nobody can ask for another's."""
    code = code_of_form(given.submission_id, given.viewer)
    made_here = contribution.receipt and contribution.receipt.code_digest == code_digest(code)
    return code if made_here else None


# What a form may say without an account. Of a workshop's notes the workshop says it.
MAY_SAY = frozenset(VoiceRole) - {VoiceRole.STAFF, VoiceRole.POLITICIAN}


def _role(author: User | None, said: str) -> str:
    """Staff and councillors speak as what they are, whatever the form says."""
    if author is not None and author.has_role(Role.POLITICIAN):
        return VoiceRole.POLITICIAN
    if author is not None and author.is_on_the_staff:
        return VoiceRole.STAFF
    return said if said in MAY_SAY else VoiceRole.CITIZEN
