"""The analysts' desk: reading and coding what may be used, and the codes."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cocreate.accounts.models import User
from cocreate.contributions.models import Contribution, TextVersion
from cocreate.contributions.viewer import Viewer
from cocreate.insights import access, operations
from cocreate.insights.errors import NotAnalysable, Refused
from cocreate.insights.forms import MarkForm, PlaceForm, SetAsideForm, VoiceForm
from cocreate.insights.models import Code, Evidence, Excerpt, Insight, SetAside, Stance
from cocreate.insights.presenting import Branch, pieces_of, sentences_of, tree_of, tree_with_marks
from cocreate.insights.refusals import NewWording, Refusal, refusal_of
from cocreate.themes.models import Guideline

ROWS = 25
UNCODED = "ukodet"


@dataclass(frozen=True)
class Analyst:
    """A signed-in analyst with a second factor, as reader and as the one who acts."""

    viewer: Viewer
    user: User

    @classmethod
    def of(cls, request: HttpRequest) -> "Analyst":
        """404 for everybody else; the middleware has turned them away before."""
        viewer = Viewer.of(request)
        if viewer.user is None or not viewer.is_analyst:
            raise Http404
        return cls(viewer, viewer.user)


Act = Callable[[HttpRequest, Analyst, TextVersion], HttpResponse | None]


# --- the list -------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Wanted:
    """What the address of the list asks for; a value that leads nowhere counts as not asked."""

    theme: str = ""
    guideline: str = ""
    uncoded: bool = False

    @classmethod
    def in_address(cls, asked: QueryDict, guidelines: list[Guideline]) -> "Wanted":
        theme, code = asked.get("tema", ""), asked.get("retningslinje", "")
        return cls(
            theme=theme if theme in {str(one.theme.number) for one in guidelines} else "",
            guideline=code if code in {one.code for one in guidelines} else "",
            uncoded=asked.get("vis") == UNCODED,
        )

    def query(self, after: str = "") -> str:
        asked = {
            "tema": self.theme,
            "retningslinje": self.guideline,
            "vis": UNCODED if self.uncoded else "",
            "efter": after,
        }
        return urlencode({name: value for name, value in asked.items() if value})


@require_safe
def analysis(request: HttpRequest) -> HttpResponse:
    analyst = Analyst.of(request)
    guidelines = list(Guideline.objects.in_force().select_related("theme").in_order())
    wanted = Wanted.in_address(request.GET, guidelines)
    after = request.GET.get("efter", "")
    found = list(_after(_wanted(analyst.viewer, wanted), after)[: ROWS + 1])
    shown = found[:ROWS]
    older = shown[-1].contribution.public_id if len(found) > ROWS else ""
    context = {
        "here": "read",
        "analyst": analyst.user,
        "versions": shown,
        "guidelines": guidelines,
        "themes": list({one.theme_id: one.theme for one in guidelines}.values()),
        "wanted": wanted,
        "newest_url": f"?{wanted.query()}" if after else "",
        "older_url": f"?{wanted.query(older)}" if older else "",
    }
    return render(request, "insights/analysis.html", context)


def _wanted(viewer: Viewer, wanted: Wanted) -> QuerySet[TextVersion]:
    rows = access.for_reading(viewer)
    tagged = Contribution.guidelines.through.objects
    if wanted.theme:
        within = tagged.filter(guideline__theme__number=wanted.theme).values("contribution")
        own = Q(contribution__theme__number=wanted.theme)
        rows = rows.filter(own | Q(contribution__in=within))
    if wanted.guideline:
        about = tagged.filter(guideline__code=wanted.guideline).values("contribution")
        rows = rows.filter(contribution__in=about)
    if wanted.uncoded:
        marked = Excerpt.objects.filter(version=OuterRef("pk"))
        rows = rows.filter(~Exists(marked), contribution__set_aside=None)
    return rows


def _after(rows: QuerySet[Any], public_id: str) -> QuerySet[Any]:
    """What comes after a row; everything, when that row is not among them any more."""
    if not public_id:
        return rows
    place = rows.filter(contribution__public_id=public_id).values_list("came", "pk").first()
    if place is None:
        return rows
    came, pk = place
    return rows.filter(Q(came__lt=came) | Q(came=came, pk__lt=pk))


# --- one contribution -----------------------------------------------------------------------------


@require_safe
def read(request: HttpRequest, public_id: str) -> HttpResponse:
    analyst = Analyst.of(request)
    version = access.analysable_or_404(analyst.viewer, public_id)
    return _page(request, analyst, version)


def acts_on_a_voice(act: Act) -> Callable[..., HttpResponse]:
    """For what is sent from the page of one contribution: the act gets the wording as it is now. What
    was taken back meanwhile, or never was there, is gone."""

    @require_http_methods(["GET", "HEAD", "POST"])
    @wraps(act)
    def acting(request: HttpRequest, public_id: str) -> HttpResponse:
        analyst = Analyst.of(request)
        if request.method != "POST":
            return redirect("analysis_read", public_id)
        version = _still_there(analyst, public_id)
        if version is None:
            return _gone(request, analyst)
        return act(request, analyst, version) or redirect("analysis_read", public_id)

    return acting


@acts_on_a_voice
def mark(request: HttpRequest, analyst: Analyst, version: TextVersion) -> HttpResponse | None:
    form = _mark_form(version, request.POST)
    if not form.is_valid():
        return _page(request, analyst, version, mark_form=form, status=422)
    try:
        _mark(analyst, version, form)
    except Refused as refused:
        return _refused(request, analyst, version, refused, mark_form=form)
    messages.success(request, _("The place is marked."))
    return None


def _mark(analyst: Analyst, version: TextVersion, form: MarkForm) -> None:
    """What can be refused without a look at every wording is refused before a code is made."""
    _require_same(version, form)
    start, end = form.place
    operations.require_place(version, start, end)
    code = form.chosen or operations.make_code(
        form.cleaned_data["new_code"], by=analyst.user, under=form.parent
    )
    operations.mark(version, start, end, code, viewer=analyst.viewer)


@require_http_methods(["GET", "HEAD", "POST"])
def unmark(request: HttpRequest, public_id: str, pk: int) -> HttpResponse:
    """A second press finds nothing more to delete."""
    analyst = Analyst.of(request)
    if request.method == "POST":
        marks = Excerpt.objects.open_to(analyst.viewer).filter(
            pk=pk, version__contribution__public_id=public_id
        )
        for excerpt in marks:
            operations.unmark(excerpt)
            messages.success(request, _("The mark is deleted."))
    return redirect("analysis_read", public_id)


@acts_on_a_voice
def lay_aside(request: HttpRequest, analyst: Analyst, version: TextVersion) -> HttpResponse | None:
    form = SetAsideForm(request.POST)
    if not form.is_valid():
        return _page(request, analyst, version, aside_form=form, status=422)
    try:
        reason = form.cleaned_data["reason"]
        operations.set_aside(version.contribution, reason, viewer=analyst.viewer)
    except Refused as refused:
        return _refused(request, analyst, version, refused, aside_form=form)
    messages.success(request, _("It is set aside. The author can read why."))
    return None


@acts_on_a_voice
def take_up(request: HttpRequest, analyst: Analyst, version: TextVersion) -> HttpResponse | None:
    operations.take_up_again(version.contribution)
    messages.success(request, _("It is taken up again."))
    return None


@acts_on_a_voice
def put_behind(request: HttpRequest, analyst: Analyst, version: TextVersion) -> HttpResponse | None:
    form = _voice_form(version, request.POST)
    if not form.is_valid():
        return _page(request, analyst, version, voice_form=form, status=422)
    chosen = form.insights[form.cleaned_data["insight"]]
    try:
        if form.quote is not None:
            _require_same(version, form)
        stance = Stance(form.cleaned_data["stance"])
        operations.add_voice(chosen, version, stance, viewer=analyst.viewer, quote=form.quote)
    except Refused as refused:
        return _refused(request, analyst, version, refused, voice_form=form)
    said = _("The contribution stands behind %(insight)s.") % {"insight": chosen.label}
    messages.success(request, said)
    return None


# --- the page of one contribution -----------------------------------------------------------------


def _page(
    request: HttpRequest,
    analyst: Analyst,
    version: TextVersion,
    *,
    mark_form: MarkForm | None = None,
    aside_form: SetAsideForm | None = None,
    voice_form: VoiceForm | None = None,
    refusal: Refusal | None = None,
    status: int = 200,
) -> HttpResponse:
    contribution, text = version.contribution, version.text or ""
    marks = list(
        version.excerpts.select_related("code__parent__parent").order_by("start", "end", "pk")
    )
    aside = SetAside.objects.filter(contribution=contribution).first()
    context = {
        "here": "read",
        "analyst": analyst.user,
        "version": version,
        "contribution": contribution,
        "pieces": list(pieces_of(text, sentences_of(text), marks)),
        "marks": [{"mark": one, "words": text[one.start : one.end]} for one in marks],
        "behind": _behind(contribution),
        "aside": aside,
        "mark_form": mark_form or _mark_form(version),
        "aside_form": aside_form or SetAsideForm(reason=aside.reason if aside else ""),
        "voice_form": voice_form or _voice_form(version),
        "refusal": refusal,
    }
    return render(request, "insights/read.html", context, status=status)


def _behind(contribution: Contribution) -> QuerySet[Evidence]:
    return contribution.evidence.select_related("insight").order_by("insight__number")


def _about(version: TextVersion) -> dict[str, Any]:
    return {"sentences": sentences_of(version.text or ""), "number": version.number}


def _mark_form(version: TextVersion, data: QueryDict | None = None) -> MarkForm:
    return MarkForm(data, tree=_tree(), **_about(version))


def _voice_form(version: TextVersion, data: QueryDict | None = None) -> VoiceForm:
    insights = list(Insight.objects.order_by("-number"))
    return VoiceForm(
        data, insights=insights, may_quote=access.may_be_quoted(version), **_about(version)
    )


def _tree() -> list[Branch]:
    return tree_of(Code.objects.all())


def _still_there(analyst: Analyst, public_id: str) -> TextVersion | None:
    """None for what was taken back meanwhile and for what was never there alike."""
    try:
        return access.analysable_or_404(analyst.viewer, public_id)
    except Http404:
        return None


def _gone(request: HttpRequest, analyst: Analyst) -> HttpResponse:
    """Nothing was saved, and what the analyst had typed is not lost."""
    refusal = refusal_of(NotAnalysable(), analyst.viewer)
    typed = [request.POST[name] for name in ("new_code", "reason") if request.POST.get(name)]
    context = {"here": "read", "analyst": analyst.user, "refusal": refusal, "typed": typed}
    return render(request, "insights/gone.html", context, status=refusal.status)


def _require_same(version: TextVersion, form: PlaceForm) -> None:
    if form.cleaned_data["wording"] != str(version.number):
        raise NewWording


def _refused(
    request: HttpRequest,
    analyst: Analyst,
    version: TextVersion,
    refused: Refused,
    **forms: Any,
) -> HttpResponse:
    """Says why nothing was changed, on the page as it is now, with all that was typed."""
    fresh = _still_there(analyst, version.contribution.public_id)
    if fresh is None:
        return _gone(request, analyst)
    typed = (request.POST.get("new_code", ""), request.POST.get("reason", ""))
    refusal = refusal_of(refused, analyst.viewer, *typed)
    return _page(request, analyst, fresh, refusal=refusal, status=refusal.status, **forms)


# --- codes ----------------------------------------------------------------------------------------


@require_safe
def codes(request: HttpRequest) -> HttpResponse:
    return _codes_page(request, Analyst.of(request))


def _codes_page(
    request: HttpRequest, analyst: Analyst, refusal: Refusal | None = None
) -> HttpResponse:
    context = {
        "here": "codes",
        "analyst": analyst.user,
        "tree": tree_with_marks(analyst.viewer),
        "refusal": refusal,
    }
    return render(
        request, "insights/codes.html", context, status=refusal.status if refusal else 200
    )


@require_http_methods(["GET", "HEAD", "POST"])
def delete_code(request: HttpRequest, pk: int) -> HttpResponse:
    analyst = Analyst.of(request)
    if request.method != "POST":
        return redirect("codes")
    found = Code.objects.filter(pk=pk).first()
    if found is None:
        return redirect("codes")
    try:
        operations.delete_code(found)
    except Refused as refused:
        return _codes_page(request, analyst, refusal_of(refused, analyst.viewer))
    messages.success(request, _("The code is deleted."))
    return redirect("codes")


@require_safe
def code(request: HttpRequest, pk: int) -> HttpResponse:
    """The places marked with one code, newest first; only the words of this page are decrypted."""
    analyst = Analyst.of(request)
    found = get_object_or_404(Code.objects.select_related("parent__parent"), pk=pk)
    after = request.GET.get("efter", "")
    marks = Excerpt.objects.open_to(analyst.viewer).filter(code=found)
    if after.isdecimal() and len(after) < 10:
        marks = marks.filter(pk__lt=int(after))
    marks = marks.select_related("version__contribution__theme")
    marks = marks.defer("version__proposed", "version__seal", "version__contribution__alias")
    rows = list(marks.order_by("-pk")[: ROWS + 1])
    shown = rows[:ROWS]
    context = {
        "here": "codes",
        "analyst": analyst.user,
        "code": found,
        "excerpts": [
            {"mark": one, "words": (one.version.text or "")[one.start : one.end]} for one in shown
        ],
        "newest_url": "?" if after else "",
        "older_url": f"?efter={shown[-1].pk}" if len(rows) > ROWS else "",
    }
    return render(request, "insights/code.html", context)
