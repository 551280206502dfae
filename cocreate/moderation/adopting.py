"""An account that takes what a code opens, and lets go of it again. Nothing else ties a person to a
story; whoever speaks in their own name never takes another's."""

from django.db import transaction
from django.db.models import QuerySet

from cocreate.contributions.access import own
from cocreate.contributions.models import Contribution, Receipt, State
from cocreate.contributions.viewer import Viewer

NOT_TAKEN = (State.WITHDRAWN, State.ERASED)


def adoptable(viewer: Viewer) -> QuerySet[Contribution]:
    """What lies under the opened code and under no account."""
    given = own(Viewer(receipts=viewer.receipts))
    return given.filter(author=None).exclude(state__in=NOT_TAKEN)


def adopt(viewer: Viewer) -> int:
    """Returns how many; doing it twice changes nothing. The code goes on opening them."""
    user = viewer.user
    if user is None or user.speaks_in_own_name:
        return 0
    with transaction.atomic():
        held = adoptable(viewer).select_for_update(of=("self",)).order_by("pk")
        pks = list(held.values_list("pk", flat=True))
        # A code that was changed at this moment opens nothing in this session any more.
        if not Receipt.objects.select_for_update().filter(pk__in=viewer.receipts).exists():
            return 0
        return Contribution.objects.filter(pk__in=pks, author=None).update(author=user)


def let_go(contribution: Contribution, viewer: Viewer) -> None:
    """Only while its code is open: nobody is left without a way to their own words."""
    rows = Contribution.objects.filter(pk=contribution.pk, receipt__in=viewer.receipts)
    rows.filter(author=viewer.user).update(author=None)
