"""What analysts may read, what counts today, and what may be quoted. Consent and visibility decide,
at every request anew: nothing is copied, so nothing has to be called back (design §4)."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import (
    Case,
    CharField,
    Count,
    Exists,
    F,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
    When,
)
from django.db.models.functions import Coalesce, Substr
from django.http import Http404

from cocreate.contributions.audience import Audience
from cocreate.contributions.models import (
    Consent,
    Contribution,
    Membership,
    Scope,
    State,
    TextVersion,
)
from cocreate.insights.models import Evidence, Excerpt, Insight
from cocreate.themes.models import Edition
from cocreate.themes.models.editions import Status

if TYPE_CHECKING:
    from cocreate.contributions.viewer import Viewer

# Shown, or read by a host and kept for what the author allowed.
READ_BY_A_HOST = (State.PUBLISHED, State.KEPT)
IN_THE_OPEN = Q(room=None) | Q(room__audience=Audience.PUBLIC)
QUOTED_WORDS = Substr(
    "contribution__published_text", F("quote_start") + 1, F("quote_end") - F("quote_start")
)


def analysable(viewer: "Viewer") -> "QuerySet[Contribution]":
    """What this analyst may read and code: a host has read it, its author has said yes to analysis,
    and it does not lie in a closed room that the analyst has no part in."""
    if not viewer.is_analyst:
        return Contribution.objects.none()
    rooms = Membership.objects.filter(user=viewer.user).values("room")
    circle = [Audience.PUBLIC, Audience.COUNCIL]
    reachable = Q(audience__in=circle) & (IN_THE_OPEN | Q(room__audience=Audience.COUNCIL))
    own_rooms = Q(audience__in=[*circle, Audience.ROOM]) & Q(room__in=rooms)
    return Contribution.objects.filter(
        reachable | own_rooms, Exists(_yes_to(Scope.ANALYSE)), state__in=READ_BY_A_HOST
    )


def analysable_versions(viewer: "Viewer") -> "QuerySet[TextVersion]":
    """The wordings that the yes was given for; of each contribution one."""
    yes = Consent.objects.active().filter(scope=Scope.ANALYSE, text_version=OuterRef("pk"))
    return TextVersion.objects.filter(
        Exists(yes), contribution__in=analysable(viewer), approved_by_author_at__isnull=False
    )


def analysable_or_404(viewer: "Viewer", public_id: str) -> TextVersion:
    """The wording to read. 404 for "not there", "not yours" and "no yes to it" alike."""
    rows = analysable_versions(viewer).select_related("contribution__theme")
    found = rows.filter(contribution__public_id=public_id).first()
    if found is None:
        raise Http404
    return found


def for_reading(viewer: "Viewer") -> "QuerySet[TextVersion]":
    """The list of what may be read: newest first, each with its number of marks, the insights it
    stands behind and whether it is set aside."""
    marks = (
        Excerpt.objects.filter(version=OuterRef("pk"))
        .order_by()
        .values("version")
        .annotate(number=Count("pk"))
        .values("number")
    )
    behind = Prefetch(
        "contribution__evidence",
        Evidence.objects.select_related("insight").order_by("insight__number"),
    )
    came = Coalesce("contribution__published_at", "contribution__submitted_at")
    return (
        analysable_versions(viewer)
        .annotate(came=came, marks=Coalesce(Subquery(marks), 0))
        .select_related("contribution__theme", "contribution__set_aside")
        .prefetch_related(behind)
        .defer("proposed", "seal", "contribution__alias")
        .order_by("-came", "-pk")
    )


def insight_or_404(viewer: "Viewer", number: int) -> Insight:
    """An analyst's; others read insights when they are public."""
    found = Insight.objects.select_related("theme").filter(number=number).first()
    if found is None or not viewer.is_analyst:
        raise Http404
    return found


def public_insights() -> "QuerySet[Insight]":
    """With their theme, and whether they speak of made-up voices (`is_demonstration`)."""
    made_up = Edition.objects.filter(status=Status.ADOPTED, demonstration=True)
    return (
        Insight.objects.public().select_related("theme").annotate(is_demonstration=Exists(made_up))
    )


def public_insight_or_404(number: int) -> Insight:
    """The same 404 for a draft and for a number that was never given."""
    found = public_insights().filter(number=number).first()
    if found is None:
        raise Http404
    return found


# --- what counts ----------------------------------------------------------------------------------


def counted(evidence: "QuerySet[Evidence]") -> "QuerySet[Evidence]":
    """The voices that count today: their author's yes to analysis of this wording stands, and no
    host has taken them down."""
    yes = Consent.objects.active().filter(scope=Scope.ANALYSE, text_version=OuterRef("version_id"))
    return evidence.filter(Exists(yes), contribution__state__in=READ_BY_A_HOST)


def gone(evidence: "QuerySet[Evidence]") -> "QuerySet[Evidence]":
    """The gaps: their author has taken them back, or the yes to analysis. What a host has hidden or
    what its author is rewording is no gap and counts nowhere meanwhile."""
    yes = Consent.objects.active().filter(
        scope=Scope.ANALYSE, contribution=OuterRef("contribution_id")
    )
    return evidence.filter(~Exists(yes))


def in_public(evidence: "QuerySet[Evidence]") -> "QuerySet[Evidence]":
    """Of those that count, the voices that everybody can read where they stand."""
    return counted(evidence).filter(
        Q(contribution__room=None) | Q(contribution__room__audience=Audience.PUBLIC),
        contribution__state=State.PUBLISHED,
        contribution__audience=Audience.PUBLIC,
    )


def may_be_quoted(version: TextVersion) -> bool:
    """Of one wording the same as `quotes` asks of many: it is the one that is shown, and its author
    allows it."""
    shown = version.contribution
    is_shown = shown.state == State.PUBLISHED and shown.published_version_id == version.pk
    yes = Consent.objects.active().filter(scope=Scope.QUOTE, text_version=version)
    return is_shown and yes.exists()


def quotes(evidence: "QuerySet[Evidence]") -> "QuerySet[Evidence]":
    """What may be quoted today, with the words as `quote`: from the public column of the very wording
    its author allowed to be quoted, cut by the database so that no other word leaves it."""
    yes = Consent.objects.active().filter(scope=Scope.QUOTE, text_version=OuterRef("version_id"))
    return (
        in_public(evidence)
        .filter(
            Exists(yes),
            quote_start__isnull=False,
            contribution__published_version=F("version"),
        )
        .annotate(quote=QUOTED_WORDS)
    )


def to_read(evidence: "QuerySet[Evidence]", newest: int) -> "QuerySet[Evidence]":
    """So many of the newest voices that everybody can read, and all that are quoted, newest first.
    `quote` is None where nothing may be quoted."""
    readable, quoted = in_public(evidence), quotes(evidence).values("pk")
    first = readable.order_by("-contribution__published_at", "-pk").values("pk")[:newest]
    words = Case(When(pk__in=quoted, then=QUOTED_WORDS), output_field=CharField())
    return (
        readable.filter(Q(pk__in=first) | Q(pk__in=quoted))
        .annotate(quote=words)
        .select_related("contribution")
        .defer("contribution__alias")
        .order_by("-contribution__published_at", "-pk")
    )


def with_standing(evidence: "QuerySet[Evidence]") -> "QuerySet[Evidence]":
    """For those who judge: whether a voice `counts` today or `is_gone`, and what is quoted of it."""
    quoted = When(pk__in=quotes(evidence).values("pk"), then=QUOTED_WORDS)
    return evidence.annotate(
        counts=Q(pk__in=counted(evidence).values("pk")),
        is_gone=Q(pk__in=gone(evidence).values("pk")),
        quote=Case(quoted, output_field=CharField()),
    )


def insights_with_voices(viewer: "Viewer") -> "QuerySet[Insight]":
    """All that analysts have made, newest first, with the number of `voices` that count today."""
    if not viewer.is_analyst:
        return Insight.objects.none()
    voices = (
        counted(Evidence.objects.filter(insight=OuterRef("pk")))
        .order_by()
        .values("insight")
        .annotate(number=Count("pk"))
        .values("number")
    )
    number = Coalesce(Subquery(voices), 0)
    return Insight.objects.annotate(voices=number).select_related("theme").order_by("-number")


def tally(evidence: "QuerySet[Evidence]") -> list[tuple[str, str, datetime | None, int, int]]:
    """Role, stance, the moment it was taken back, how many, how many of them everybody can read; in
    one query. The moment is None for the voices that count. Of a gap only its quarter is shown."""
    taken_back = (
        Consent.objects.filter(scope=Scope.ANALYSE, contribution=OuterRef("contribution_id"))
        .order_by("-revoked_at")
        .values("revoked_at")[:1]
    )
    # Without any yes left in the rows, as after an erasure, the withdrawal says when.
    when = Coalesce(Subquery(taken_back), F("contribution__withdrawn_at"), F("at"))
    is_gone, counts, readable = (
        Q(pk__in=rows.values("pk"))
        for rows in (gone(evidence), counted(evidence), in_public(evidence))
    )
    rows = evidence.filter(counts | is_gone).annotate(moment=Case(When(is_gone, then=when)))
    parted = rows.order_by().values_list("contribution__role", "stance", "moment")
    return list(parted.annotate(total=Count("pk"), readable=Count("pk", filter=readable)))


def _yes_to(scope: str) -> "QuerySet[Consent]":
    return Consent.objects.active().filter(scope=scope, contribution=OuterRef("pk"))
