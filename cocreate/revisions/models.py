"""How the adopted text is changed: a process with its promise, amendments with what they rest on, and
what was decided about each. An edition is never rewritten; the next one is (design §4)."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cocreate.contributions.models import Contribution
from cocreate.insights.models import Insight
from cocreate.themes.models import Edition, Passage, Theme
from cocreate.themes.models.editions import Kind as PassageKind

LONGEST_TEXT = 6_000


class ProcessQuerySet(models.QuerySet["Process"]):
    def public(self) -> "ProcessQuerySet":
        return self.exclude(opened_at=None)

    def open(self) -> "ProcessQuerySet":
        return self.public().filter(closed_at=None)

    def takes_proposals(self) -> "Process | None":
        """The revision that is open, else the standing process."""
        return self.open().order_by("standing", "-opened_at").first()


class Process(models.Model):
    """One round of changing the strategy, or the standing one that takes what comes in between.

    It opens with its frame, its promise, a named responder and a date for the answer, or not at all
    (design §2.9).
    """

    slug = models.SlugField(_("address"), max_length=60, unique=True)
    title = models.CharField(_("title"), max_length=120)
    standing = models.BooleanField(_("takes what comes between the revisions"), default=False)
    frame = models.TextField(
        _("what is settled"),
        blank=True,
        max_length=3000,
        help_text=_("Law, money, what is decided."),
    )
    can_change = models.TextField(_("what can be changed"), blank=True, max_length=3000)
    promise = models.TextField(
        _("promise"),
        blank=True,
        max_length=3000,
        help_text=_("What happens with what people give."),
    )
    responder = models.CharField(
        _("who answers"), max_length=120, blank=True, help_text=_("Name and title.")
    )
    answer_due = models.DateField(_("answered by"), null=True, blank=True)
    opened_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    demonstration = models.BooleanField(default=False)

    objects = ProcessQuerySet.as_manager()

    class Meta:
        verbose_name = _("process")
        verbose_name_plural = _("processes")
        ordering = ("pk",)
        constraints = [
            models.CheckConstraint(
                condition=Q(opened_at=None)
                | (~Q(frame="") & ~Q(promise="") & ~Q(responder="") & Q(answer_due__isnull=False)),
                name="revisions_opens_with_its_promise",
            ),
            models.CheckConstraint(
                condition=Q(closed_at=None) | Q(opened_at__isnull=False),
                name="revisions_closed_was_open",
            ),
            models.UniqueConstraint(
                fields=("standing",),
                condition=Q(standing=True, closed_at=None),
                name="revisions_one_standing_process",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("process", args=[self.slug])

    @property
    def is_open(self) -> bool:
        return self.opened_at is not None and self.closed_at is None


class Change(models.TextChoices):
    CHANGE = "change", _("Change the words")
    NEW = "new", _("Something new")
    MERGE = "merge", _("Put together")
    DELETE = "delete", _("Leave out")


class ProposalQuerySet(models.QuerySet["Proposal"]):
    """The parent's manager would look for columns of the parent alone."""


class Proposal(Contribution):
    """A change that somebody outside the administration wants: a voice like any other, through the
    one desk. Its reason is the wording's text, the words it wants are `proposed`."""

    change = models.CharField(max_length=6, choices=Change.choices, default=Change.CHANGE)
    # The passage it was written about, as it stood then; none for something new.
    passage = models.ForeignKey(
        Passage, null=True, blank=True, on_delete=models.PROTECT, related_name="proposals"
    )
    # The process that was open when it was written; its amendment belongs there. None is left of a
    # demonstration.
    process = models.ForeignKey(
        Process, null=True, blank=True, on_delete=models.PROTECT, related_name="proposals"
    )
    # What the public may read of the words it wants. Empty unless published (kind.py).
    published_proposed = models.TextField(blank=True, default="")

    objects = ProposalQuerySet.as_manager()  # type: ignore[assignment,misc]

    class Meta:
        verbose_name = _("proposal")
        verbose_name_plural = _("proposals")
        constraints = [
            # What is left of a demonstration points at nothing.
            models.CheckConstraint(
                condition=Q(process=None)
                | Q(change=Change.NEW, passage=None)
                | Q(change__in=[Change.CHANGE, Change.DELETE], passage__isnull=False),
                name="revisions_proposal_is_about_something",
            )
        ]


class AmendmentQuerySet(models.QuerySet["Amendment"]):
    def public(self) -> "AmendmentQuerySet":
        return self.exclude(put_forward_at=None)


class Amendment(models.Model):
    """A change of the strategy that can be decided on. One made by the administration has versions;
    one that somebody proposed has its words in the proposal, so that they go with it."""

    number = models.PositiveIntegerField(_("number"), unique=True)
    process = models.ForeignKey(Process, on_delete=models.PROTECT, related_name="amendments")
    change = models.CharField(_("what it does"), max_length=6, choices=Change.choices)
    # Where something new is to stand. What is changed says so itself (targets).
    theme = models.ForeignKey(
        Theme, null=True, blank=True, on_delete=models.PROTECT, related_name="amendments"
    )
    kind = models.CharField(
        max_length=10, choices=PassageKind.choices, default=PassageKind.GUIDELINE
    )
    proposal = models.OneToOneField(
        Proposal, null=True, blank=True, on_delete=models.PROTECT, related_name="amendment"
    )
    insights = models.ManyToManyField(
        Insight, verbose_name=_("insights it rests on"), blank=True, related_name="amendments"
    )
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    made_at = models.DateTimeField(auto_now_add=True)
    put_forward_at = models.DateTimeField(null=True, blank=True)

    objects = AmendmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("amendment")
        verbose_name_plural = _("amendments")
        ordering = ("number",)
        constraints = [
            models.CheckConstraint(condition=Q(number__gte=1), name="revisions_amendment_from_1"),
            models.CheckConstraint(
                condition=Q(change__in=Change.values), name="revisions_amendment_change_known"
            ),
            # A proposal's amendment is made when the proposal is shown, never before.
            models.CheckConstraint(
                condition=Q(proposal=None) | Q(put_forward_at__isnull=False),
                name="revisions_proposal_is_put_forward",
            ),
        ]

    def __str__(self) -> str:
        return self.label

    def get_absolute_url(self) -> str:
        return reverse("amendment", args=[self.number])

    @property
    def label(self) -> str:
        """ "Æ-07", as it stands in the papers."""
        return f"Æ-{self.number:02d}"

    @property
    def is_public(self) -> bool:
        return self.put_forward_at is not None


class AmendmentTarget(models.Model):
    """A passage that an amendment is about, in the edition it was last looked at in. Of passages that
    are put together the first keeps its place and its code."""

    amendment = models.ForeignKey(Amendment, on_delete=models.CASCADE, related_name="targets")
    passage = models.ForeignKey(Passage, on_delete=models.PROTECT, related_name="amended_by")
    order = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name = _("passage to change")
        verbose_name_plural = _("passages to change")
        ordering = ("order",)
        constraints = [
            models.UniqueConstraint(fields=("amendment", "passage"), name="revisions_target_once"),
            models.UniqueConstraint(fields=("amendment", "order"), name="revisions_target_order"),
        ]

    def __str__(self) -> str:
        return f"{self.amendment_id}: {self.passage_id}"


class AmendmentVersion(models.Model):
    """One wording of the administration's amendment. Kept for good: what was put forward can be read
    as it was."""

    amendment = models.ForeignKey(Amendment, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    text = models.TextField(_("new words"), blank=True, max_length=LONGEST_TEXT)
    rationale = models.TextField(_("why"), max_length=LONGEST_TEXT)
    # In the place of an insight: why the administration itself wants it.
    administration = models.TextField(
        _("the administration's own proposal"), blank=True, max_length=LONGEST_TEXT
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("version of an amendment")
        verbose_name_plural = _("versions of an amendment")
        ordering = ("amendment", "number")
        constraints = [
            models.UniqueConstraint(
                fields=("amendment", "number"), name="revisions_version_number_once"
            ),
            models.CheckConstraint(condition=~Q(rationale=""), name="revisions_version_says_why"),
        ]

    def __str__(self) -> str:
        return f"{self.amendment_id}/{self.number}"


class Step(models.TextChoices):
    RECOMMENDED = "recommended", _("Recommended")
    DECIDED = "decided", _("Decided")


class Outcome(models.TextChoices):
    ADOPTED = "adopted", _("Adopted")
    ADOPTED_CHANGED = "adopted_changed", _("Adopted with a change")
    REJECTED = "rejected", _("Not adopted")
    SENT_BACK = "sent_back", _("Sent back")
    POSTPONED = "postponed", _("Postponed")


INTO_THE_EDITION = (Outcome.ADOPTED, Outcome.ADOPTED_CHANGED)
# After one of these nothing more is decided about the amendment.
FINAL = (*INTO_THE_EDITION, Outcome.REJECTED)


class CouncilDecisionQuerySet(models.QuerySet["CouncilDecision"]):
    def final(self) -> "CouncilDecisionQuerySet":
        return self.filter(step=Step.DECIDED, outcome__in=FINAL, reopened_at=None)

    def into_the_edition(self) -> "CouncilDecisionQuerySet":
        return self.final().filter(outcome__in=INTO_THE_EDITION)

    def waiting_for_an_edition(self) -> "CouncilDecisionQuerySet":
        return self.into_the_edition().filter(adopted=None)


class CouncilDecision(models.Model):
    """What a committee recommended or the council decided, as minuted; never without a reason. Append
    only: guards refuse a change (guards.py)."""

    amendment = models.ForeignKey(Amendment, on_delete=models.PROTECT, related_name="decisions")
    # The wording that was decided on; a proposal's is its own.
    version = models.ForeignKey(
        AmendmentVersion,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="decisions",
    )
    step = models.CharField(_("step"), max_length=11, choices=Step.choices)
    outcome = models.CharField(_("outcome"), max_length=15, choices=Outcome.choices)
    body = models.CharField(_("who decided"), max_length=120)
    on = models.DateField(_("date of the meeting"))
    reason = models.TextField(_("reason"), max_length=LONGEST_TEXT)
    # The words as they were decided: where they differ from those put forward, and those of a
    # proposal, which its author may take back while what was decided stands.
    final_text = models.TextField(_("final words"), blank=True, max_length=LONGEST_TEXT)
    minutes_url = models.URLField(_("link to the minutes"), blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    recorded_at = models.DateTimeField()
    # The council has taken it up again before it came into an edition; set once.
    reopened_at = models.DateTimeField(null=True, blank=True)

    objects = CouncilDecisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("decision of the council")
        verbose_name_plural = _("decisions of the council")
        ordering = ("amendment", "pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(step__in=Step.values) & Q(outcome__in=Outcome.values),
                name="revisions_decision_known",
            ),
            models.CheckConstraint(
                condition=~Q(reason="") & ~Q(body=""), name="revisions_decision_says_why_and_who"
            ),
            models.CheckConstraint(
                condition=Q(outcome=Outcome.ADOPTED)
                | (Q(outcome=Outcome.ADOPTED_CHANGED) & ~Q(final_text=""))
                | (~Q(outcome__in=INTO_THE_EDITION) & Q(final_text="")),
                name="revisions_changed_has_its_words",
            ),
            models.UniqueConstraint(
                fields=("amendment",),
                condition=Q(step=Step.DECIDED, outcome__in=FINAL, reopened_at=None),
                name="revisions_decided_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.amendment_id}: {self.outcome}"


class Adopted(models.Model):
    """An amendment that stands in an edition: the passage it became, none where it left one out."""

    decision = models.OneToOneField(
        CouncilDecision, on_delete=models.PROTECT, related_name="adopted"
    )
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="adopted")
    passage = models.ForeignKey(
        Passage, null=True, blank=True, on_delete=models.PROTECT, related_name="adopted"
    )

    class Meta:
        verbose_name = _("adopted amendment")
        verbose_name_plural = _("adopted amendments")
        constraints = [
            models.UniqueConstraint(fields=("passage",), name="revisions_passage_has_one_source")
        ]

    def __str__(self) -> str:
        return str(self.decision_id)
