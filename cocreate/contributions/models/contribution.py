"""The parent of every voice: story, post, note, proposal, hearing response."""

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cocreate.contributions.audience import Audience as Audience
from cocreate.contributions.models.rooms import Room, random_id
from cocreate.text.fields import EncryptedTextField

if TYPE_CHECKING:
    from cocreate.contributions.viewer import Viewer
    from cocreate.themes.models import Guideline, Theme


class KindName(models.TextChoices):
    STORY = "story", _("Story")
    POST = "post", _("Post")
    NOTE = "note", _("Note")
    PROPOSAL = "proposal", _("Proposal")
    HEARING_RESPONSE = "hearing_response", _("Hearing response")


class State(models.TextChoices):
    DRAFT = "draft", _("Draft")
    PENDING = "pending", _("Waits for a host")
    RETURNED = "returned", _("Sent back to the author")
    APPROVED = "approved", _("Approved, not shown yet")
    PUBLISHED = "published", _("Shown")
    HIDDEN = "hidden", _("Hidden")
    KEPT = "kept", _("Read, not shown")
    DECLINED = "declined", _("Not accepted")
    WITHDRAWN = "withdrawn", _("Taken back")
    ERASED = "erased", _("Erased")


# The whole life of a contribution; a database guard refuses every other move (guards.py).
MOVES: dict[str, frozenset[str]] = {
    State.DRAFT: frozenset({State.PENDING, State.WITHDRAWN}),
    State.PENDING: frozenset(
        {
            State.APPROVED,
            State.PUBLISHED,
            State.KEPT,
            State.RETURNED,
            State.DECLINED,
            State.WITHDRAWN,
        }
    ),
    State.RETURNED: frozenset({State.PENDING, State.KEPT, State.WITHDRAWN}),
    State.APPROVED: frozenset({State.PUBLISHED, State.PENDING, State.KEPT, State.WITHDRAWN}),
    # Back to a host when its author gives it another name, which nobody has read.
    State.PUBLISHED: frozenset({State.PENDING, State.HIDDEN, State.KEPT, State.WITHDRAWN}),
    State.HIDDEN: frozenset({State.PUBLISHED, State.KEPT, State.WITHDRAWN}),
    State.KEPT: frozenset({State.PENDING, State.WITHDRAWN}),
    State.DECLINED: frozenset({State.PENDING, State.WITHDRAWN}),
    State.WITHDRAWN: frozenset({State.ERASED}),
    State.ERASED: frozenset(),
}


class VoiceRole(models.TextChoices):
    """Staff and councillor come from the account alone; citizen, relative and volunteer are what the
    person says. Of a note nobody has said so: then where it is from stands in the place of a role.
    """

    CITIZEN = "citizen", _("Citizen")
    RELATIVE = "relative", _("Relative")
    VOLUNTEER = "volunteer", _("Volunteer")
    STAFF = "staff", _("Staff")
    POLITICIAN = "politician", _("City councillor")
    FROM_STAFF = "from_staff", _("From a workshop for staff")
    FROM_COUNCIL = "from_council", _("From a workshop for city councillors")
    FROM_MANY = "from_many", _("From a workshop")


class Channel(models.TextChoices):
    WEB = "web", _("Written on the site")
    PAPER = "paper", _("Written on paper")
    PHONE = "phone", _("Told on the phone")
    IN_PERSON = "in_person", _("Told in person")
    WORKSHOP = "workshop", _("Written at a workshop")


class Helper(models.TextChoices):
    """Who held the pen for the one who tells. Never who they are: no name and no account."""

    NONE = "", _("Nobody")
    RELATIVE = "relative", _("A relative")
    VOLUNTEER = "volunteer", _("A volunteer")
    STAFF = "staff", _("Somebody from the municipality")


PUBLIC_COLUMNS = (
    "published_alias",
    "published_title",
    "published_html",
    "published_text",
    "published_stems",
)
_NOTHING_PUBLIC = Q(**dict.fromkeys(PUBLIC_COLUMNS, ""))


class ContributionQuerySet(models.QuerySet["Contribution"]):
    def visible_to(self, viewer: "Viewer") -> Self:
        """The one rule of who may know that a contribution is there (access.py)."""
        from cocreate.contributions.access import visible_to

        return self.filter(visible_to(viewer))

    def published(self) -> Self:
        return self.filter(state=State.PUBLISHED)

    def of_kind(self, kind: str) -> Self:
        return self.filter(kind=kind)

    def about(self, *, theme: "Theme | None" = None, guideline: "Guideline | None" = None) -> Self:
        """About one guideline, or about a theme itself or any of its guidelines."""
        tagged = Contribution.guidelines.through.objects
        if guideline is not None:
            return self.filter(pk__in=tagged.filter(guideline=guideline).values("contribution_id"))
        within = tagged.filter(guideline__theme=theme).values("contribution_id")
        return self.filter(Q(theme=theme) | Q(pk__in=within))

    def newest_first(self) -> Self:
        return self.order_by("-published_at", "-pk")

    def for_listing(self) -> Self:
        """Public columns only: a list never loads, and so never shows, encrypted words."""
        return self.select_related("theme").only(
            "public_id",
            "kind",
            "role",
            "channel",
            "helper",
            "content_note",
            "published_at",
            "state",
            "published_alias",
            "published_title",
            "published_text",
            "published_version_id",
            "theme__number",
            "theme__slug",
            "theme__title",
            "theme__colour",
            "language",
        )


class Contribution(models.Model):
    public_id = models.CharField(max_length=32, unique=True, default=random_id, editable=False)
    kind = models.CharField(max_length=16, choices=KindName.choices)
    # Digest of the form's random id: the same form sent twice is one contribution.
    submission_digest = models.CharField(max_length=64, unique=True, editable=False)
    receipt = models.ForeignKey(
        "contributions.Receipt",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="contributions",
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="contributions",
    )
    alias = EncryptedTextField(_("chosen name"), null=True, blank=True)
    # Holds the alias for its author in the room; empty where it is free for others (names.py).
    chosen_name = models.ForeignKey(
        "contributions.ChosenName",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="contributions",
        editable=False,
    )
    role = models.CharField(max_length=12, choices=VoiceRole.choices, default=VoiceRole.CITIZEN)
    channel = models.CharField(max_length=10, choices=Channel.choices, default=Channel.WEB)
    helper = models.CharField(
        max_length=10, choices=Helper.choices, blank=True, default=Helper.NONE
    )
    theme = models.ForeignKey(
        "themes.Theme",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="contributions",
    )
    guidelines = models.ManyToManyField(
        "themes.Guideline", blank=True, related_name="contributions"
    )
    language = models.CharField(max_length=10, default="da")
    room = models.ForeignKey(
        Room, null=True, blank=True, on_delete=models.PROTECT, related_name="contributions"
    )
    audience = models.CharField(max_length=10, choices=Audience.choices, default=Audience.PUBLIC)

    # What the public may read. Empty unless published (a CHECK says so), so that no forgotten
    # filter in a list, feed, search or export can show an unpublished word (design §2.3).
    published_alias = models.CharField(max_length=150, blank=True, default="")
    published_title = models.CharField(max_length=300, blank=True, default="")
    published_html = models.TextField(blank=True, default="")
    published_text = models.TextField(blank=True, default="")
    published_stems = models.TextField(blank=True, default="")
    published_version = models.ForeignKey(
        "contributions.TextVersion",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    content_note = models.CharField(_("content note"), max_length=120, blank=True, default="")

    state = models.CharField(max_length=10, choices=State.choices, default=State.PENDING)
    submitted_at = models.DateTimeField(null=True, blank=True)
    publish_at = models.DateTimeField(null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    state_changed_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = ContributionQuerySet.as_manager()

    class Meta:
        verbose_name = _("contribution")
        verbose_name_plural = _("contributions")
        constraints = [
            models.CheckConstraint(
                condition=Q(state=State.PUBLISHED) | (_NOTHING_PUBLIC & Q(published_version=None)),
                name="contributions_public_columns_only_when_published",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.PUBLISHED)
                | (Q(published_version__isnull=False) & Q(published_at__isnull=False)),
                name="contributions_published_has_version_and_date",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.APPROVED) | Q(publish_at__isnull=False),
                name="contributions_approved_has_a_time",
            ),
            models.CheckConstraint(
                condition=Q(state=State.DRAFT) | Q(submitted_at__isnull=False),
                name="contributions_sent_has_a_time",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[State.WITHDRAWN, State.ERASED])
                | Q(withdrawn_at__isnull=False),
                name="contributions_withdrawn_has_a_time",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.ERASED)
                | Q(
                    author=None,
                    receipt=None,
                    alias__isnull=True,
                    chosen_name=None,
                    content_note="",
                ),
                name="contributions_erased_points_at_nobody",
            ),
            models.CheckConstraint(
                condition=Q(state__in=State.values), name="contributions_state_known"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=KindName.values), name="contributions_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(helper__in=Helper.values), name="contributions_helper_known"
            ),
            models.CheckConstraint(
                condition=Q(audience__in=Audience.values), name="contributions_audience_known"
            ),
        ]
        indexes = [
            # public lists: newest first, of one kind (not partial: SQLite cannot use a partial
            # index for a state that comes as a parameter)
            models.Index(
                fields=["state", "kind", "-published_at", "-id"],
                name="contributions_public_list",
            ),
            # what people say about a theme
            models.Index(
                fields=["state", "theme", "-published_at", "-id"],
                name="contributions_public_theme",
            ),
            # the desk: what waits, oldest first
            models.Index(fields=["state", "submitted_at", "id"], name="contributions_queue"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.public_id}"

    @property
    def is_public(self) -> bool:
        return self.state == State.PUBLISHED and self.audience == Audience.PUBLIC

    def may_become(self, state: str) -> bool:
        return state in MOVES[self.state]
