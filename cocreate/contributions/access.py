"""The one visibility rule. Page, list, search, feed, mail, socket and export all start here."""

from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet
from django.http import Http404

from cocreate.contributions.audience import Audience
from cocreate.contributions.codes import digest_of_typed_code
from cocreate.contributions.models import Contribution, Membership, Receipt, State
from cocreate.contributions.models.rooms import MembershipRole

if TYPE_CHECKING:
    from cocreate.contributions.viewer import Viewer

# A draft is read by nobody but its author; what is taken back is read by nobody at all.
HOSTS_READ = (
    State.PENDING,
    State.RETURNED,
    State.APPROVED,
    State.PUBLISHED,
    State.HIDDEN,
    State.KEPT,
    State.DECLINED,
)
AUTHORS_READ = (State.DRAFT, *HOSTS_READ)


def visible_to(viewer: "Viewer") -> Q:
    """One SQL condition: the contributions whose existence this viewer may know of."""
    return _published_for(viewer) | _hosted_by(viewer) | _given_by(viewer)


def raw_words_open_to(viewer: "Viewer") -> "QuerySet[Contribution]":
    """The contributions whose unpublished wordings this viewer may read."""
    condition = _hosted_by(viewer) | (_given_by(viewer) & Q(state__in=AUTHORS_READ))
    return Contribution.objects.filter(condition)


def own(viewer: "Viewer") -> "QuerySet[Contribution]":
    """What this viewer gave, by account or by an opened receipt; taken back ones included."""
    return Contribution.objects.filter(_given_by(viewer))


def own_or_404(viewer: "Viewer", public_id: str) -> Contribution:
    found = own(viewer).filter(public_id=public_id).first()
    if found is None:
        raise Http404
    return found


def receipt_for_code(typed: str) -> Receipt | None:
    """The receipt a typed code opens. One look-up and the same work for a right and a wrong code."""
    rows = Receipt.objects.select_related("leads_to")
    found = rows.filter(code_digest=digest_of_typed_code(typed)).first()
    return found.leads_to or found if found is not None else None


def open_receipt_of(viewer: "Viewer") -> Receipt | None:
    """The receipt whose code was typed in this session."""
    return Receipt.objects.filter(pk__in=viewer.receipts).first()


def visible_or_404(viewer: "Viewer", public_id: str) -> Contribution:
    """404 for "not yours to see" and "not there" alike."""
    found = Contribution.objects.visible_to(viewer).filter(public_id=public_id).first()
    if found is None:
        raise Http404
    return found


def hosted_or_404(viewer: "Viewer", public_id: str) -> Contribution:
    """A contribution this host may read and decide on."""
    found = hosted(viewer).filter(public_id=public_id).first()
    if found is None:
        raise Http404
    return found


def hosted(viewer: "Viewer") -> "QuerySet[Contribution]":
    return Contribution.objects.filter(_hosted_by(viewer))


def _published_for(viewer: "Viewer") -> Q:
    published = Q(state=State.PUBLISHED)
    open_room = Q(room=None) | Q(room__audience=Audience.PUBLIC)
    shown = published & Q(audience=Audience.PUBLIC) & open_room
    if viewer.user is not None:
        rooms = Membership.objects.filter(user=viewer.user).values("room")
        for_members = Q(room__in=rooms) & ~Q(room__audience=Audience.HOST)
        shown |= published & Q(audience__in=[Audience.ROOM, Audience.PUBLIC]) & for_members
    if viewer.is_councillor_or_staff:
        council_room = Q(room=None) | Q(room__audience__in=[Audience.PUBLIC, Audience.COUNCIL])
        shown |= published & Q(audience__in=[Audience.COUNCIL, Audience.PUBLIC]) & council_room
    return shown


def _hosted_by(viewer: "Viewer") -> Q:
    """Hosts read what waits in open rooms and none; a closed room only its own hosts."""
    if not viewer.is_host:
        return Q(pk__in=[])
    own_rooms = Membership.objects.filter(user=viewer.user, role=MembershipRole.HOST).values("room")
    reachable = Q(room=None) | Q(room__audience=Audience.PUBLIC) | Q(room__in=own_rooms)
    # What a host gave by code, at this same computer, is another host's to read and decide on.
    return Q(state__in=HOSTS_READ) & reachable & ~Q(receipt__in=viewer.receipts)


def _given_by(viewer: "Viewer") -> Q:
    given = Q(pk__in=[])
    if viewer.user is not None:
        given |= Q(author=viewer.user)
    if viewer.receipts:
        given |= Q(receipt__in=viewer.receipts)
    return given & ~Q(state=State.ERASED)
