"""What hosts decide and propose, what rules found, what others said to, and who looked again."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cocreate.contributions.codes import digest
from cocreate.contributions.models import (
    MAY_BE_SEEN,
    Attachment,
    Contribution,
    Known,
    Receipt,
    TextVersion,
)
from cocreate.text.fields import EncryptedTextField
from cocreate.text.finder import PERSONAL, Kind, Level


class Outcome(models.TextChoices):
    SENT_AGAIN = "sent_again", _("Sent again by the author")
    APPROVED = "approved", _("Approved, shown later")
    PUBLISHED = "published", _("Shown")
    KEPT = "kept", _("Read and kept, not shown")
    RETURNED = "returned", _("Sent back to the author")
    SUGGESTED = "suggested", _("A change proposed to the author")
    ACCEPTED = "accepted", _("The author said yes to the change")
    STOOD_BY = "stood_by", _("The author said no to the change")
    REGRETTED = "regretted", _("The author took back the yes to the change")
    UNANSWERED = "unanswered", _("No answer to the change, kept and not shown")
    DECLINED = "declined", _("Not accepted")
    HIDDEN = "hidden", _("Hidden")
    RESTORED = "restored", _("Shown again")
    REOPENED = "reopened", _("Taken up again")
    WITHDRAWN = "withdrawn", _("Taken back by the author")
    ERASED = "erased", _("Erased")


# Outcomes that take something from the author: never without a message to them (DSA art. 17).
RESTRICTIONS = frozenset({Outcome.RETURNED, Outcome.DECLINED, Outcome.HIDDEN})


class Reason(models.TextChoices):
    # why something is shown, kept or changed by its author
    WITHIN_RULES = "within_rules", _("It follows the rules of the place")
    NO_CONSENT = "no_consent", _("The author does not want it shown")
    AUTHORS_WISH = "authors_wish", _("The author wanted it")
    LOOKED_AGAIN = "looked_again", _("Another host looked at it again")
    MISTAKE = "mistake", _("We made a mistake")
    AUTHOR_DECIDES = "author_decides", _("The author decides about the change")
    NO_ANSWER = "no_answer", _("The author has not answered in time")
    # why something is held back
    PERSONAL_DATA = "personal_data", _("It has personal data in it")
    NAMES_OTHERS = "names_others", _("It names somebody who cannot answer")
    INDIVIDUAL_CASE = "individual_case", _("It asks for an answer in a case of one's own")
    HARM = "harm", _("It describes how one can come to harm")
    HATE = "hate", _("It attacks somebody")
    OFF_TOPIC = "off_topic", _("It is about something else")
    UNCLEAR = "unclear", _("We do not understand it and would like to ask")
    CARE = "care", _("We would like to talk with the author first")
    LOST_CODE = "lost_code", _("Somebody says it is theirs and has lost the code")


RESTRICTING_REASONS = frozenset(
    {
        Reason.PERSONAL_DATA,
        Reason.NAMES_OTHERS,
        Reason.INDIVIDUAL_CASE,
        Reason.HARM,
        Reason.HATE,
        Reason.OFF_TOPIC,
        Reason.UNCLEAR,
        Reason.CARE,
        Reason.LOST_CODE,
    }
)
# Those a host chooses and writes a letter about; a lost code has a page of its own.
REASONS_TO_CHOOSE = RESTRICTING_REASONS - {Reason.LOST_CODE}


class DecisionQuerySet(models.QuerySet["Decision"]):
    def about(self, contributions: Iterable[Contribution]) -> "DecisionQuerySet":
        """What was decided on contributions somebody may already see, oldest first."""
        return self.filter(contribution__in=contributions).order_by("at", "pk")


class Decision(models.Model):
    """Append-only. `by` is empty for what an author did and after an account is erased."""

    contribution = models.ForeignKey(
        Contribution, on_delete=models.PROTECT, related_name="decisions"
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="decisions",
    )
    outcome = models.CharField(max_length=12, choices=Outcome.choices)
    reason = models.CharField(max_length=20, choices=Reason.choices)
    message = EncryptedTextField(null=True, blank=True)
    message_seal = models.CharField(max_length=64, editable=False)
    automated = models.BooleanField(default=False)
    at = models.DateTimeField()

    objects = DecisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        ordering: ClassVar = ["contribution", "at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome__in=Outcome.values) & Q(reason__in=Reason.values),
                name="moderation_decision_has_reason",
            ),
            models.CheckConstraint(
                condition=~Q(outcome__in=sorted(RESTRICTIONS))
                | Q(reason__in=sorted(RESTRICTING_REASONS)),
                name="moderation_restriction_says_why",
            ),
        ]
        indexes = [models.Index(fields=["at", "id"], name="moderation_decision_cursor")]

    def __str__(self) -> str:
        return f"{self.contribution_id}: {self.outcome}"

    @property
    def is_restriction(self) -> bool:
        return self.outcome in RESTRICTIONS

    @property
    def message_is_as_written(self) -> bool:
        """False when the stored message is not the one that was sealed with the decision."""
        return self.message is None or self.message_seal == seal(self.message)


def seal(message: str) -> str:
    return digest("decision-message", message)


class Answer(models.TextChoices):
    ACCEPTED = "accepted", _("Yes, use the host's words")
    DECLINED = "declined", _("No, use the author's own words")
    OWN_WORDING = "own_wording", _("The author wrote new words")
    NONE = "none", _("No answer in time")


class SuggestedEditQuerySet(models.QuerySet["SuggestedEdit"]):
    def open(self) -> "SuggestedEditQuerySet":
        return self.filter(answer="")


class SuggestedEdit(models.Model):
    """A host's other wording, which is nothing but a question until its author says yes.

    The words are in `version`, the letter to the author, who wrote it and when in `decision`. It is
    open as long as the contribution lies with its author; what ends that answers it
    (operations._decide).
    """

    contribution = models.ForeignKey(
        Contribution, on_delete=models.PROTECT, related_name="suggested_edits"
    )
    decision = models.OneToOneField(
        Decision, on_delete=models.PROTECT, related_name="suggested_edit"
    )
    # The author's wording that the host has read, and the host's own.
    about = models.ForeignKey(TextVersion, on_delete=models.PROTECT, related_name="+")
    version = models.OneToOneField(
        TextVersion, on_delete=models.PROTECT, related_name="suggested_edit"
    )
    answer = models.CharField(max_length=12, choices=Answer.choices, blank=True, default="")
    answered_at = models.DateTimeField(null=True, blank=True)
    regretted_at = models.DateTimeField(null=True, blank=True)

    objects = SuggestedEditQuerySet.as_manager()

    class Meta:
        verbose_name = _("proposed change")
        verbose_name_plural = _("proposed changes")
        constraints = [
            models.UniqueConstraint(
                fields=("contribution",),
                condition=Q(answer=""),
                name="moderation_one_open_edit",
            ),
            models.CheckConstraint(
                condition=Q(answer="", answered_at=None)
                | Q(answer__in=Answer.values, answered_at__isnull=False),
                name="moderation_edit_answered_whole",
            ),
            models.CheckConstraint(
                condition=Q(regretted_at=None) | Q(answer=Answer.ACCEPTED),
                name="moderation_edit_regret_of_a_yes",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.contribution_id}: {self.answer}"

    @property
    def is_open(self) -> bool:
        return not self.answer

    @property
    def stands(self) -> bool:
        """The author has said yes and not taken it back."""
        return self.answer == Answer.ACCEPTED and self.regretted_at is None

    @property
    def answer_by(self) -> datetime:
        """On the last day for an answer, all of which is there for it; needs `decision`."""
        return self.decision.at + timedelta(days=settings.EDIT_ANSWER_DAYS)


class FindingQuerySet(models.QuerySet["Finding"]):
    def open(self) -> "FindingQuerySet":
        return self.filter(resolved_at=None)

    def concern(self) -> "FindingQuerySet":
        return self.filter(kind=Kind.CONCERN)


class Finding(models.Model):
    """A place in one wording that a rule noticed. Positions only: the words stay encrypted."""

    version = models.ForeignKey(TextVersion, on_delete=models.CASCADE, related_name="findings")
    kind = models.CharField(max_length=16, choices=[(kind.value, kind.value) for kind in Kind])
    level = models.CharField(max_length=8, choices=[(level.value, level.value) for level in Level])
    in_field = models.CharField(max_length=8, default="text")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    resolved_at = models.DateTimeField(null=True, blank=True)

    objects = FindingQuerySet.as_manager()

    class Meta:
        verbose_name = _("finding")
        verbose_name_plural = _("findings")
        ordering: ClassVar = ["version", "start", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(start__lt=F("end")), name="moderation_finding_span")
        ]
        indexes = [
            # the queue asks which waiting contributions have an open finding of concern
            models.Index(
                fields=["kind", "version"],
                condition=Q(resolved_at=None),
                name="moderation_finding_open",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.start}-{self.end}"

    @property
    def is_personal(self) -> bool:
        return self.kind in PERSONAL


class ReportReason(models.TextChoices):
    ABOUT_ME = "about_me", _("It is about me or somebody I know")
    PERSONAL_DATA = "personal_data", _("One can see who somebody is")
    WORRIED = "worried", _("I am worried about the one who wrote")
    TONE = "tone", _("The tone is hard or hateful")
    OTHER = "other", _("Something else")


class ReportQuerySet(models.QuerySet["Report"]):
    def open(self) -> "ReportQuerySet":
        return self.filter(answered_at=None)


class Report(models.Model):
    """Somebody said to about a contribution that is shown ("Sig til"). Open to everybody."""

    contribution = models.ForeignKey(Contribution, on_delete=models.CASCADE, related_name="reports")
    submission_digest = models.CharField(max_length=64, unique=True, editable=False)
    reason = models.CharField(max_length=16, choices=ReportReason.choices)
    text = EncryptedTextField(blank=True, default="")
    at = models.DateTimeField()
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)

    objects = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        constraints = [
            models.CheckConstraint(
                condition=Q(reason__in=ReportReason.values), name="moderation_report_reason_known"
            )
        ]
        indexes = [
            models.Index(
                fields=["contribution"],
                condition=Q(answered_at=None),
                name="moderation_report_open",
            )
        ]

    def __str__(self) -> str:
        return f"{self.contribution_id}: {self.reason}"


class AppealOutcome(models.TextChoices):
    UPHELD = "upheld", _("The decision was changed")
    REFUSED = "refused", _("The decision stands")


class AppealQuerySet(models.QuerySet["Appeal"]):
    def open(self) -> "AppealQuerySet":
        return self.filter(decided_at=None)


class Appeal(models.Model):
    """ "Bed en anden se på det": decided by another host than the first, also by receipt."""

    decision = models.OneToOneField(Decision, on_delete=models.PROTECT, related_name="appeal")
    first_decider = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    text = EncryptedTextField(null=True, blank=True)
    at = models.DateTimeField()
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=8, choices=AppealOutcome.choices, blank=True, default="")
    message = EncryptedTextField(null=True, blank=True)

    objects = AppealQuerySet.as_manager()

    class Meta:
        verbose_name = _("appeal")
        verbose_name_plural = _("appeals")
        constraints = [
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=F("first_decider")),
                name="moderation_appeal_second_person",
            ),
            models.CheckConstraint(
                condition=Q(decided_at=None, outcome="")
                | Q(decided_at__isnull=False, outcome__in=AppealOutcome.values),
                name="moderation_appeal_decided_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.decision_id}"


class CallBackOutcome(models.TextChoices):
    REACHED = "reached", _("We talked")
    NOT_REACHED = "not_reached", _("No answer, we try once more")
    TRIED_TWICE = "tried_twice", _("No answer twice, we stop here")
    HANDED_ON = "handed_on", _("Handed on to somebody else")
    NOT_WANTED = "not_wanted", _("The person does not want it any more")
    MISSED = "missed", _("Nobody called in time")


# With these it is not over: somebody still calls.
STILL_TO_CALL = ("", CallBackOutcome.NOT_REACHED)


class WhenItSuits(models.TextChoices):
    ANY = "any", _("It does not matter")
    BEFORE_NOON = "before_noon", _("Before noon")
    AFTER_NOON = "after_noon", _("In the afternoon")


class CallBackQuerySet(models.QuerySet["CallBack"]):
    def open(self) -> "CallBackQuerySet":
        return self.filter(done_at=None)

    def for_listing(self) -> "CallBackQuerySet":
        """What is due first; no number and no name is loaded."""
        rows = self.select_related("owner").defer("number", "name")
        return rows.order_by("due_at", "pk")


class CallBack(models.Model):
    """ "Må vi ringe til dig?": somebody asked to be called. Number and name are deleted a few days
    after it is done (CALL_BACK_KEEP_DAYS); what stays says when and how, never who."""

    submission_digest = models.CharField(max_length=64, unique=True, editable=False)
    receipt = models.ForeignKey(
        Receipt, null=True, blank=True, on_delete=models.SET_NULL, related_name="call_backs"
    )
    number = EncryptedTextField(null=True)
    name = EncryptedTextField(null=True, blank=True)
    suits = models.CharField(max_length=12, choices=WhenItSuits.choices, default=WhenItSuits.ANY)
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField()
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    taken_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(
        max_length=12, choices=CallBackOutcome.choices, blank=True, default=""
    )
    outcome_at = models.DateTimeField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    forgotten_at = models.DateTimeField(null=True, blank=True)

    objects = CallBackQuerySet.as_manager()

    class Meta:
        verbose_name = _("call back")
        verbose_name_plural = _("call backs")
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome="", outcome_at=None)
                | Q(outcome__in=CallBackOutcome.values, outcome_at__isnull=False),
                name="moderation_call_back_outcome_whole",
            ),
            models.CheckConstraint(
                condition=Q(done_at=None, outcome__in=STILL_TO_CALL)
                | (Q(done_at__isnull=False) & ~Q(outcome__in=STILL_TO_CALL)),
                name="moderation_call_back_done_says_how",
            ),
            models.CheckConstraint(
                condition=Q(forgotten_at=None, number__isnull=False)
                | Q(
                    forgotten_at__isnull=False, number__isnull=True, name__isnull=True, receipt=None
                ),
                name="moderation_call_back_forgotten_whole",
            ),
            models.CheckConstraint(
                condition=Q(forgotten_at=None) | Q(done_at__isnull=False),
                name="moderation_call_back_forgotten_last",
            ),
            models.CheckConstraint(
                condition=Q(suits__in=WhenItSuits.values), name="moderation_call_back_suits_known"
            ),
        ]
        indexes = [
            # the first lines of the hosts' desk
            models.Index(
                fields=["due_at"], condition=Q(done_at=None), name="moderation_call_back_open"
            ),
            # what the worker empties
            models.Index(
                fields=["done_at"],
                condition=Q(forgotten_at=None),
                name="moderation_call_back_to_empty",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk}: {self.outcome}"

    @property
    def is_open(self) -> bool:
        return self.done_at is None

    @property
    def is_late(self) -> bool:
        return self.is_open and self.due_at < timezone.now()


class NumberShown(models.Model):
    """Append-only: who has seen the number of a call back, and when."""

    call_back = models.ForeignKey(CallBack, on_delete=models.PROTECT, related_name="shown_to")
    to = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("number shown")
        verbose_name_plural = _("numbers shown")

    def __str__(self) -> str:
        return f"{self.call_back_id}: {self.to_id}"


class Look(models.Model):
    """What a host saw in a photo or heard in a voice: the rules can read neither. Without it nothing
    of the sort is shown. The newest answer stands."""

    attachment = models.OneToOneField(Attachment, on_delete=models.CASCADE, related_name="look")
    # Whether anybody can be recognised in a photo, as the host sees it.
    known = models.CharField(max_length=8, choices=Known.choices, blank=True, default="")
    # Why it is not shown; empty when it may be.
    refused = models.CharField(max_length=20, choices=Reason.choices, blank=True, default="")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("look")
        verbose_name_plural = _("looks")
        constraints = [
            models.CheckConstraint(
                condition=Q(refused__in=["", *sorted(REASONS_TO_CHOOSE)])
                & Q(known__in=["", *Known.values]),
                name="moderation_look_known",
            )
        ]

    def __str__(self) -> str:
        return f"{self.attachment_id}: {self.refused or self.known}"

    def allows(self, attachment: Attachment) -> bool:
        seen = not attachment.is_photo or self.known in MAY_BE_SEEN
        return not self.refused and seen


class MessageQuerySet(models.QuerySet["Message"]):
    def waiting(self) -> "MessageQuerySet":
        """What authors have written and no host has answered yet."""
        return self.filter(from_host=False, answered_at=None)

    def unread(self) -> "MessageQuerySet":
        """What hosts have written and the author has not seen."""
        return self.filter(from_host=True, read_at=None)


class Message(models.Model):
    """A word between an author and the hosts, about one contribution. Nobody else reads it, and
    hosts are not named to authors. `text` is NULL once the contribution is erased."""

    contribution = models.ForeignKey(
        Contribution, on_delete=models.PROTECT, related_name="messages"
    )
    # The same form sent twice is one message.
    submission_digest = models.CharField(max_length=64, unique=True, editable=False)
    from_host = models.BooleanField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    text = EncryptedTextField(null=True, blank=True)
    # How grave the concern is that the rules noticed in an author's words; empty for none.
    worry = models.CharField(max_length=8, blank=True, default="")
    at = models.DateTimeField()
    # When the author saw a host's, and when a host answered or laid aside an author's.
    read_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        ordering: ClassVar = ["contribution", "at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(worry__in=["", *[level.value for level in Level]]),
                name="moderation_message_worry_known",
            ),
            models.CheckConstraint(
                condition=Q(from_host=True, answered_at=None, worry="")
                | Q(from_host=False, read_at=None, by=None),
                name="moderation_message_has_one_side",
            ),
        ]
        indexes = [
            # the queue asks which contributions have a word that waits
            models.Index(
                fields=["contribution"],
                condition=Q(from_host=False, answered_at=None),
                name="moderation_message_waiting",
            )
        ]

    def __str__(self) -> str:
        return f"{self.contribution_id}: {self.pk}"


class LostOutcome(models.TextChoices):
    LEFT = "left", _("Left as it is")
    HIDDEN = "hidden", _("Hidden, the holder of the code may object")
    OBJECTED = "objected", _("The holder of the code objected")
    WITHDRAWN = "withdrawn", _("Nobody objected, taken back")
    OVERTAKEN = "overtaken", _("Something else was decided meanwhile")


class LostCodeQuerySet(models.QuerySet["LostCode"]):
    def open(self) -> "LostCodeQuerySet":
        return self.filter(outcome="")

    def hiding(self) -> "LostCodeQuerySet":
        return self.filter(outcome=LostOutcome.HIDDEN)


class LostCode(models.Model):
    """ "Jeg har mistet koden": somebody says that a contribution is theirs. It cannot be proved, so it
    opens nothing; a host may hide what it is about (decision 0015)."""

    submission_digest = models.CharField(max_length=64, unique=True, editable=False)
    # Which one it is, and how they can be reached: NULL when it is done with.
    text = EncryptedTextField(null=True, blank=True)
    contact = EncryptedTextField(null=True, blank=True)
    at = models.DateTimeField()
    # What a host found that it is about, and the hiding.
    contribution = models.ForeignKey(
        Contribution, null=True, blank=True, on_delete=models.PROTECT, related_name="lost_codes"
    )
    decision = models.OneToOneField(
        Decision, null=True, blank=True, on_delete=models.PROTECT, related_name="lost_code"
    )
    # The last day on which the holder of the code may object.
    object_until = models.DateField(null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=10, choices=LostOutcome.choices, blank=True, default="")

    objects = LostCodeQuerySet.as_manager()

    class Meta:
        verbose_name = _("lost code")
        verbose_name_plural = _("lost codes")
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome="", answered_at=None)
                | Q(outcome__in=LostOutcome.values, answered_at__isnull=False),
                name="moderation_lost_code_answered_whole",
            ),
            models.CheckConstraint(
                condition=Q(outcome__in=["", LostOutcome.LEFT])
                | Q(contribution__isnull=False, decision__isnull=False, object_until__isnull=False),
                name="moderation_lost_code_hides_something",
            ),
            models.UniqueConstraint(
                fields=("contribution",),
                condition=Q(outcome=LostOutcome.HIDDEN),
                name="moderation_one_lost_code_hides",
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)
