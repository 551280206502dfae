"""What the layers below may ask of proposals. A shown proposal is an amendment like any other."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cocreate.contributions.kinds import Kind, Sequel
from cocreate.contributions.models import Contribution, KindName, State
from cocreate.revisions.models import Amendment, Proposal
from cocreate.revisions.putting_forward import amendment_of
from cocreate.revisions.trail import trails


def links(pks: Iterable[int]) -> dict[int, str]:
    rows = Amendment.objects.filter(proposal__in=list(pks)).values_list("proposal_id", "number")
    return {pk: reverse("amendment", args=[number]) for pk, number in rows}


def after_change(contribution: Contribution, old: str, new: str) -> None:
    """Its words are public as long as it is shown; from the first time on it has a number."""
    rows = Proposal.objects.filter(pk=contribution.pk)
    version = contribution.published_version if new == State.PUBLISHED else None
    rows.update(published_proposed=(version.proposed or "") if version is not None else "")
    if new == State.PUBLISHED:
        amendment_of(rows.get())


def page_keys(contribution: Contribution) -> list[str]:
    rows = Amendment.objects.filter(proposal=contribution.pk)
    found = rows.values_list("number", "process__slug")
    own = [key for number, slug in found for key in (f"amendment:{number}", f"process:{slug}")]
    return ["amendments", *own]


PROPOSAL = Kind(
    name=KindName.PROPOSAL,
    label=_("Proposal"),
    model=Proposal,
    links=links,
    after_change=after_change,
    page_keys=page_keys,
)
BECAME = Sequel(follow=trails, template="revisions/_own_became.html")
