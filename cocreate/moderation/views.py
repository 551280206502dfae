"""The hosts' desk: the queue, one contribution at a time, and what a host decides about it."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.db.models import Count, Prefetch, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from cocreate.accounts.models import User
from cocreate.contributions import kinds
from cocreate.contributions.access import hosted, hosted_or_404
from cocreate.contributions.models import Contribution, KindName, Receipt, State, TextVersion
from cocreate.contributions.viewer import Viewer
from cocreate.moderation import editing, lost_codes, operations, thread
from cocreate.moderation.appeals import decide_appeal
from cocreate.moderation.attached import attached_to
from cocreate.moderation.author_forms import Asks, MessageForm
from cocreate.moderation.errors import (
    AppealWaits,
    NoConsentToShow,
    NotApproved,
    NotFromHere,
    NothingProposed,
    NothingToShow,
    OpenFindings,
    OwnContribution,
    ReasonMissing,
    Refused,
    SamePersonAgain,
    WantsToBeShown,
    WordsTooLong,
)
from cocreate.moderation.forms import (
    HINTS,
    DecisionForm,
    LookForm,
    SecondLookForm,
    SuggestForm,
    offered_for,
)
from cocreate.moderation.models import Appeal, CallBack, Decision, Finding, Outcome, SuggestedEdit
from cocreate.moderation.queue import (
    READ_BY_RULES,
    Place,
    count_waiting,
    first_waiting,
    groups,
    page_of,
)
from cocreate.moderation.templatetags.days import moment_in_words
from cocreate.moderation.templatetags.desk import done_sentence, who_decided
from cocreate.moderation.thread import talk_about
from cocreate.moderation.voice_forms import asked_about

BESIDE_THE_ITEM = 15
WORDINGS_SHOWN = 20
REPORTS_SHOWN = 50
CALL_BACKS_SHOWN = 30


class NewWording(Refused):
    """The author has sent other words than those the host has read."""


@dataclass(frozen=True)
class Host:
    """A signed-in host with a second factor, as reader and as the one who decides."""

    viewer: Viewer
    user: User

    @classmethod
    def of(cls, request: HttpRequest) -> "Host":
        """404 for everybody else; the middleware has turned them away before."""
        viewer = Viewer.of(request)
        if viewer.user is None or not viewer.is_host:
            raise Http404
        return cls(viewer, viewer.user)


@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    host = Host.of(request)
    page = page_of(host.viewer, Place.read(request.GET.get("efter", "")))
    context = {
        "count": count_waiting(host.viewer),
        "groups": groups(page.rows),
        "more": page.more,
        "host": host.user,
        "call_backs": list(CallBack.objects.open().for_listing()[:CALL_BACKS_SHOWN]),
        "lost_codes": lost_codes.waiting(),
    }
    return render(request, "moderation/desk.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def item(request: HttpRequest, public_id: str) -> HttpResponse:
    host = Host.of(request)
    contribution = hosted_or_404(host.viewer, public_id)
    if request.method != "POST":
        return page_of_item(request, host, contribution)
    form = DecisionForm(request.POST, language=contribution.language)
    if "draft" in request.POST:
        return page_of_item(request, host, contribution, initial=form.typed())
    if not form.is_valid():
        return page_of_item(request, host, contribution, form=form, status=422)
    if asked := asked_about(form):
        return page_of_item(request, host, contribution, form=form, status=422, asked=asked)
    try:
        decision = _carry_out(host, contribution, form.cleaned_data)
    except Refused as refusal:
        return refused_item(request, host, contribution, refusal, initial=form.typed())
    return _on_to_the_next(request, host, contribution, done_sentence(decision))


@sensitive_post_parameters("title", "proposed", "text", "message")
@require_http_methods(["GET", "HEAD", "POST"])
def propose_edit(request: HttpRequest, public_id: str) -> HttpResponse:
    """ "Foreslå en rettelse": other words, for the author to say yes or no to."""
    host = Host.of(request)
    contribution = hosted_or_404(host.viewer, public_id)
    asks = _asks(contribution, _newest(host, contribution))
    if request.method != "POST" or asks is None:
        return redirect("desk_item", public_id)
    form = SuggestForm(request.POST, asks=asks)
    if not form.is_valid():
        return page_of_item(request, host, contribution, edit_form=form, status=422)
    if about := asked_about(form):
        return page_of_item(request, host, contribution, edit_form=form, status=422, asked=about)
    try:
        edit = _suggest(host, contribution, form)
    except Refused as refusal:
        kept = SuggestForm(asks=asks, kept=form.typed())
        return refused_item(request, host, contribution, refusal, edit_form=kept)
    return _on_to_the_next(request, host, contribution, done_sentence(edit.decision))


@require_http_methods(["GET", "HEAD", "POST"])
def finding(request: HttpRequest, public_id: str, pk: int) -> HttpResponse:
    """ "Ikke et problem": the host has looked at a place that the rules noticed."""
    host = Host.of(request)
    contribution = hosted_or_404(host.viewer, public_id)
    found = get_object_or_404(
        Finding.objects.select_related("version__contribution"),
        pk=pk,
        version__contribution=contribution,
    )
    if request.method == "POST":
        try:
            operations.resolve(found, by=host.user)
        except Refused as refusal:
            return refused_item(request, host, contribution, refusal)
    return redirect("desk_item", public_id)


@require_http_methods(["GET", "HEAD", "POST"])
def let_stand(request: HttpRequest, public_id: str) -> HttpResponse:
    """What somebody said to has been read, and the contribution stays as it is."""
    host = Host.of(request)
    contribution = hosted_or_404(host.viewer, public_id)
    if request.method != "POST":
        return redirect("desk_item", public_id)
    if contribution.author_id == host.user.pk:
        return refused_item(request, host, contribution, OwnContribution())
    if str(contribution.reports.open().count()) != request.POST.get("seen"):
        sentence = _("Somebody has told us about it again in the meantime. Read that first.")
        return page_of_item(request, host, contribution, refusal=sentence, status=409)
    operations.answer_reports(contribution, by=host.user)
    return _on_to_the_next(request, host, contribution, _("It stays as it is."))


@require_http_methods(["GET", "HEAD", "POST"])
def second_look(request: HttpRequest, public_id: str) -> HttpResponse:
    """Another host answers an appeal."""
    host = Host.of(request)
    contribution = hosted_or_404(host.viewer, public_id)
    if request.method != "POST":
        return redirect("desk_item", public_id)
    form = SecondLookForm(request.POST)
    asked = _open_appeal(contribution)
    if asked is None:
        return refused_item(request, host, contribution, NotFromHere())
    if not form.is_valid():
        return page_of_item(request, host, contribution, second_look=form, status=422)
    if about := asked_about(form):
        return page_of_item(request, host, contribution, second_look=form, status=422, asked=about)
    answer, letter = form.cleaned_data["outcome"], form.cleaned_data["message"]
    try:
        decide_appeal(asked, by=host.user, outcome=answer, message=letter)
    except Refused as refusal:
        kept = SecondLookForm(initial=form.cleaned_data)
        return refused_item(request, host, contribution, refusal, second_look=kept)
    return _on_to_the_next(request, host, contribution, _("The author can read your answer now."))


@sensitive_post_parameters("text")
@require_http_methods(["GET", "HEAD", "POST"])
def write_to_author(request: HttpRequest, public_id: str) -> HttpResponse:
    """A host's word in the thread; or what waits there has been read and needs none."""
    host = Host.of(request)
    contribution = hosted_or_404(host.viewer, public_id)
    if request.method != "POST":
        return redirect("desk_item", public_id)
    if "seen" in request.POST:
        return _let_be(request, host, contribution)
    form = MessageForm(request.POST)
    if not form.is_valid():
        return page_of_item(request, host, contribution, thread_form=form, status=422)
    if about := asked_about(form):
        return page_of_item(request, host, contribution, thread_form=form, status=422, asked=about)
    said = form.cleaned_data
    try:
        thread.write(
            contribution, text=said["text"], submission_id=said["submission_id"], by=host.user
        )
    except Refused as refusal:
        return refused_item(request, host, contribution, refusal, thread_form=form)
    return _on_to_the_next(request, host, contribution, _("The author can read it now."))


def _let_be(request: HttpRequest, host: Host, contribution: Contribution) -> HttpResponse:
    seen = request.POST["seen"]
    if contribution.author_id == host.user.pk:
        return refused_item(request, host, contribution, OwnContribution())
    try:
        thread.let_be(contribution, seen=int(seen) if seen.isdecimal() and len(seen) < 6 else 0)
    except NotFromHere:
        sentence = _("The author has written again in the meantime. Read that first.")
        return page_of_item(request, host, contribution, refusal=sentence, status=409)
    return _on_to_the_next(request, host, contribution, _("It is marked as read."))


# --- deciding -------------------------------------------------------------------------------------


def _carry_out(host: Host, contribution: Contribution, chosen: dict[str, Any]) -> Decision:
    """Holds the row while it looks whether the words are still those the host has read."""
    with transaction.atomic():
        now = _as_it_was_read(host, contribution, chosen["wording"])
        return _decide(now, chosen, by=host.user)


def _suggest(host: Host, contribution: Contribution, form: SuggestForm) -> SuggestedEdit:
    """As `_carry_out`: nobody proposes a change of words that are not there any more."""
    said = form.cleaned_data
    with transaction.atomic():
        now = _as_it_was_read(host, contribution, said["wording"])
        words = form.words(said)
        return editing.suggest(now, words=words, message=said["message"], by=host.user)


def _as_it_was_read(host: Host, contribution: Contribution, number: str) -> Contribution:
    held = hosted(host.viewer).select_for_update(of=("self",)).filter(pk=contribution.pk)
    now = held.first()
    if now is None:
        raise NotFromHere
    if now.author_id != host.user.pk and str(_newest_number(now)) != number:
        raise NewWording
    return now


def _decide(contribution: Contribution, chosen: dict[str, Any], *, by: User) -> Decision:
    reason, message = chosen["reason"], chosen["message"]
    match chosen["outcome"]:
        case Outcome.PUBLISHED:
            return _show_now_or_later(contribution, by=by, message=message)
        case Outcome.KEPT:
            return operations.keep(contribution, by=by, message=message)
        case Outcome.RETURNED:
            return operations.return_to_author(contribution, by=by, reason=reason, message=message)
        case Outcome.DECLINED:
            return operations.decline(contribution, by=by, reason=reason, message=message)
        case Outcome.HIDDEN:
            return operations.hide(contribution, by=by, reason=reason, message=message)
        case Outcome.RESTORED:
            return operations.restore(contribution, by=by, message=message)
        case _:
            return operations.reopen(contribution, by=by, message=message)


def _show_now_or_later(contribution: Contribution, *, by: User, message: str) -> Decision:
    wait = kinds.kind_of(contribution).waits()
    if not wait:
        return operations.publish(contribution, by=by, message=message)
    at = timezone.now() + wait
    return operations.approve(contribution, by=by, publish_at=at, message=message)


def _on_to_the_next(
    request: HttpRequest, host: Host, contribution: Contribution, sentence: str
) -> HttpResponse:
    """The notice carries the id of what was decided, so that the next page can lead back to it."""
    messages.success(request, sentence, extra_tags=contribution.public_id)
    following = first_waiting(host.viewer, but=contribution)
    return redirect("desk_item", following) if following else redirect("desk")


def refused_item(
    request: HttpRequest,
    host: Host,
    contribution: Contribution,
    refusal: Refused,
    **kept: Any,
) -> HttpResponse:
    """Says why nothing was changed, on the page as it is now, with all that was typed."""
    fresh = hosted_or_404(host.viewer, contribution.public_id)
    status, sentence = _why(refusal, fresh, host)
    return page_of_item(request, host, fresh, refusal=sentence, status=status, **kept)


def _why(refusal: Refused, contribution: Contribution, host: Host) -> tuple[int, str]:
    match refusal:
        case NotFromHere():
            return 409, _decided_meanwhile(contribution, host)
        case NewWording():
            return 409, _(
                "The author has changed the text since you read it. Read the new text, and decide "
                "then."
            )
        case OpenFindings():
            return 422, _(
                "It cannot be shown yet. First say of each place we found whether it is a problem."
            )
        case NoConsentToShow():
            return 422, _("The author has not said yes to having it shown. You can keep it.")
        case WantsToBeShown():
            return 422, _(
                "The author has said yes to having it shown. If it is not to be shown, send it "
                "back or do not accept it, and say why."
            )
        case NotApproved():
            return 422, _("The author has not approved this text, so it cannot be shown.")
        case NothingToShow():
            return 422, _(
                "There is nothing to show yet. Write down what is said and ask the author, or look "
                "at the pictures."
            )
        case OwnContribution():
            return 422, _("You wrote this yourself. Another host decides about it.")
        case SamePersonAgain() | AppealWaits():
            return 422, _(
                "The author has asked for another look. A host who did not make the first "
                "decision answers."
            )
        case NothingProposed():
            return 422, _("Your words are the same as the author's. There is nothing to ask about.")
        case WordsTooLong():
            return 422, _("There is not room for so many words.")
        case ReasonMissing():
            return 422, _("Choose a reason and write to the author. Nothing has been changed.")
        case _:
            return 409, _("Nothing has been changed. Look at the contribution as it is now.")


def _decided_meanwhile(contribution: Contribution, host: Host) -> str:
    newest = contribution.decisions.select_related("by").order_by("-at", "-pk").first()
    if newest is None:
        return _("This cannot be decided from where the contribution is now.")
    said = {
        "who": who_decided(newest, host.user),
        "when": moment_in_words(newest.at),
        "outcome": newest.get_outcome_display(),
    }
    return _("It has been decided: %(outcome)s. Decided by %(who)s, %(when)s.") % said


# --- the page -------------------------------------------------------------------------------------


def page_of_item(
    request: HttpRequest,
    host: Host,
    contribution: Contribution,
    *,
    form: DecisionForm | None = None,
    initial: dict[str, Any] | None = None,
    second_look: SecondLookForm | None = None,
    edit_form: SuggestForm | None = None,
    look_form: LookForm | None = None,
    thread_form: MessageForm | None = None,
    refusal: str = "",
    asked: dict[str, Any] | None = None,
    status: int = 200,
) -> HttpResponse:
    wordings = _wordings(host, contribution)
    decisions = list(
        contribution.decisions.select_related("by", "appeal__decided_by").order_by("at", "pk")
    )
    appeal = _open_appeal(contribution)
    scopes = frozenset(contribution.consents.active().values_list("scope", flat=True))
    is_own = contribution.author_id == host.user.pk
    offered = () if is_own else _offered(contribution, host, decisions, appeal, scopes)
    newest = _standing(wordings) or _newest(host, contribution)
    form = form or DecisionForm(language=contribution.language, initial=initial)
    form.offer(offered, wording=newest.number if newest else 0)
    may_suggest = contribution.state == State.PENDING and not is_own
    reports = list(contribution.reports.order_by("-at")[:REPORTS_SHOWN])
    beside = page_of(host.viewer, size=BESIDE_THE_ITEM)
    context = {
        "host": host.user,
        "contribution": contribution,
        "wordings": wordings,
        "newest": newest,
        "may_suggest": may_suggest,
        "answer_days": settings.EDIT_ANSWER_DAYS,
        "edit_form": _edit_form(contribution, newest, edit_form, offered=may_suggest),
        "edit": None if is_own else _open_edit(contribution, decisions),
        "decisions": decisions,
        "attached": attached_to(contribution, look_form),
        "look_form": look_form,
        "is_in_danish": contribution.language == READ_BY_RULES,
        "reports": reports,
        "open_reports": sum(1 for report in reports if report.answered_at is None),
        "appeal": appeal,
        "may_answer_appeal": appeal is not None and _may_answer(appeal, host, is_own=is_own),
        "second_look": second_look or SecondLookForm(),
        "scopes": scopes,
        "is_own": is_own,
        **talk_about(contribution),
        "thread_form": thread_form or MessageForm(),
        "others": _others_by_state(host, contribution),
        "gets_mail": _gets_mail(contribution),
        "form": form if offered else None,
        "hints": HINTS,
        "guidelines": list(contribution.guidelines.values_list("code", flat=True)),
        "url": kinds.links([contribution]).get(contribution.pk, "")
        if contribution.is_public
        else "",
        "refusal": refusal,
        "count": count_waiting(host.viewer),
        "groups": groups(beside.rows, current=contribution.public_id),
        "states": State,
        **(asked or {}),
    }
    return render(request, "moderation/item.html", context, status=status)


def _offered(
    contribution: Contribution,
    host: Host,
    decisions: list[Decision],
    appeal: Appeal | None,
    scopes: frozenset[str],
) -> tuple[str, ...]:
    decided_it = bool(decisions) and decisions[-1].by_id == host.user.pk
    return offered_for(
        contribution, scopes=scopes, appealed=appeal is not None, decided_it=decided_it
    )


def _asks(contribution: Contribution, newest: TextVersion | None) -> Asks | None:
    if newest is None or newest.text is None:
        return None
    return Asks(contribution, newest, frozenset())


def _edit_form(
    contribution: Contribution,
    newest: TextVersion | None,
    sent: SuggestForm | None,
    *,
    offered: bool,
) -> SuggestForm | None:
    """What was sent stays on the page, also when it is too late to send it."""
    asks = _asks(contribution, newest)
    if sent is None:
        return SuggestForm(asks=asks) if asks is not None and offered else None
    if newest is not None:
        sent.has_read(newest)
    return sent


def _open_edit(contribution: Contribution, decisions: list[Decision]) -> SuggestedEdit | None:
    """The question that lies with the author."""
    asked = bool(decisions) and decisions[-1].outcome == Outcome.SUGGESTED
    return editing.open_edit(contribution) if asked else None


def _wordings(host: Host, contribution: Contribution) -> list[TextVersion]:
    """Newest first, with what the rules noticed in each."""
    noticed = Prefetch("findings", Finding.objects.select_related("resolved_by"))
    readable = TextVersion.objects.readable_by(host.viewer).filter(contribution=contribution)
    return list(readable.prefetch_related(noticed).order_by("-number")[:WORDINGS_SHOWN])


def _standing(wordings: list[TextVersion]) -> TextVersion | None:
    """The author's own; what a host has proposed stands only among the others."""
    return next((row for row in wordings if row.approved_by_author_at is not None), None)


def _newest(host: Host, contribution: Contribution) -> TextVersion | None:
    readable = TextVersion.objects.readable_by(host.viewer).filter(contribution=contribution)
    return readable.last_approved()


def _newest_number(contribution: Contribution) -> int | None:
    approved = contribution.versions.approved().order_by("-number")
    return approved.values_list("number", flat=True).first()


def _open_appeal(contribution: Contribution) -> Appeal | None:
    if contribution.state not in {State.HIDDEN, State.DECLINED}:
        return None
    asked = Appeal.objects.open().filter(decision__contribution=contribution)
    return asked.select_related("decision").order_by("-at").first()


def _may_answer(appeal: Appeal, host: Host, *, is_own: bool) -> bool:
    return not is_own and appeal.first_decider_id != host.user.pk


def _others_by_state(host: Host, contribution: Contribution) -> list[tuple[str, int]] | None:
    """How many other contributions came from the same account or receipt, and how they stand.

    Figures only: what somebody wrote elsewhere is not held against, or for, what they wrote here.
    Nothing is told of notes: at a board nobody is to know which of them are one person's.
    """
    if contribution.kind == KindName.NOTE:
        return None
    same = Q(pk__in=[])
    if contribution.author_id is not None:
        same |= Q(author=contribution.author_id)
    if contribution.receipt_id is not None:
        same |= Q(receipt=contribution.receipt_id)
    others = hosted(host.viewer).filter(same).exclude(pk=contribution.pk)
    others = others.exclude(kind=KindName.NOTE)
    counted = others.values_list("state").annotate(number=Count("pk")).order_by("state")
    return [(str(State(state).label), number) for state, number in counted]


def _gets_mail(contribution: Contribution) -> bool:
    if contribution.author_id is not None or contribution.receipt_id is None:
        return contribution.author_id is not None
    return Receipt.objects.filter(pk=contribution.receipt_id, email__isnull=False).exists()
