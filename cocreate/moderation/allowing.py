"""What an author allows later, and the name that stands with it.

A yes is given for the wording that stands, as a new row. A name is no wording: taking it off needs
nobody's leave, a new one is text that nobody has read.
"""

from django.db import transaction
from django.utils import timezone

from cocreate.contributions.kinds import kind_of
from cocreate.contributions.models import Consent, Contribution, GivenHow, Scope, State, TextVersion
from cocreate.contributions.models.versions import seal_of
from cocreate.moderation import operations
from cocreate.moderation.errors import NotFromHere
from cocreate.moderation.models import Finding
from cocreate.moderation.rules import findings_in

GONE = (State.DRAFT, State.WITHDRAWN, State.ERASED)
# What a host has taken off does not come back by another name.
ONLY_OFF = (State.HIDDEN, State.DECLINED)


def give_consent(contribution: Contribution, scope: str, *, wording: int, asked_in: int) -> None:
    """A yes to the wording its author has just read, in answer to the question with the number
    `asked_in` (cocreate/wordings); twice is once. Raises NotFromHere when it is
    not the one that stands."""
    with transaction.atomic():
        held = _hold(contribution)
        version = held.versions.last_approved()
        if version is None or version.text is None or version.number != wording:
            raise NotFromHere(held.state)
        if held.consents.active().filter(scope=scope).exists():
            return
        Consent.objects.create(
            contribution=held,
            scope=scope,
            text_version=version,
            wording_version=asked_in,
            given_how=GivenHow.WEB,
            given_at=timezone.now(),
        )
        if scope == Scope.SHOW and held.state == State.KEPT:
            operations.wait_again(held)
        else:
            operations.age_pages(held)


def change_name(contribution: Contribution, *, level: str, alias: str) -> bool:
    """Another name or none; False when it is so already. Raises NotFromHere."""
    names = kind_of(contribution).names
    with transaction.atomic():
        held = _hold(contribution)
        if names is None or (held.author is not None and held.author.speaks_in_own_name):
            raise NotFromHere(held.state)
        if alias and held.state in ONLY_OFF:
            raise NotFromHere(held.state)
        before = held.alias or ""
        if (alias, level) == (before, names.level_of(held)):
            return False
        names.set_level(held, level)
        if alias != before:
            _put_name(held, before, alias)
        if alias and alias != before and held.state in {State.PUBLISHED, State.APPROVED}:
            operations.wait_again(held)
        else:
            operations.age_pages(held)
    return True


def _hold(contribution: Contribution) -> Contribution:
    held = Contribution.objects.select_for_update().get(pk=contribution.pk)
    if held.state in GONE:
        raise NotFromHere(held.state)
    return held


def _put_name(held: Contribution, before: str, alias: str) -> None:
    """Each wording is sealed with the name; one that was rewritten in place stays unsealed."""
    for version in held.versions.all():
        if version.seal == _seal(version, before):
            version.seal = _seal(version, alias)
            version.save(update_fields=["seal"])
    held.alias = alias or None
    if not alias:
        held.published_alias = ""
    held.save(update_fields=["alias", "published_alias"])
    _read_name(held, alias)


def _seal(version: TextVersion, alias: str) -> str:
    return seal_of(version.title, version.text, alias, version.proposed)


def _read_name(held: Contribution, alias: str) -> None:
    """The rules read the name as they do in a new wording; their look at the text stands."""
    Finding.objects.filter(version__contribution=held, in_field="alias").delete()
    standing = held.versions.last_approved()
    if standing is None or not alias:
        return
    Finding.objects.bulk_create(
        Finding(
            version=standing,
            kind=hit.kind,
            level=hit.level,
            in_field="alias",
            start=hit.start,
            end=hit.end,
        )
        for hit in findings_in(alias=alias).get("alias", [])
    )
