"""Reading conversations and taking part in them, with an account or without."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from cocreate.contributions.access import own
from cocreate.contributions.limits import too_many
from cocreate.contributions.models import Contribution
from cocreate.contributions.names import NameTaken
from cocreate.contributions.opening import form_id, given_back_to, open_receipt
from cocreate.contributions.operations import (
    AlreadyDecided,
    FormTooOld,
    Given,
    Received,
    SentBefore,
    was_received,
)
from cocreate.contributions.sent_before import one_like, ways_on
from cocreate.contributions.viewer import Viewer
from cocreate.forums.access import forum_or_404, may_write_in, post_of, topic_or_404
from cocreate.forums.forms import PostForm, TopicForm, name_is_missing
from cocreate.forums.models import POSTS_PER_PAGE, Forum, Post, Topic, topic_url
from cocreate.forums.operations import TopicClosed, answer, begin_topic, mend
from cocreate.forums.reading import (
    A_NUMBER,
    ANSWERED,
    WAITING,
    decisions_that_hid,
    opening_of,
    own_hidden,
    own_title,
    own_topics,
    own_unshown,
    page_of_topics,
    posts_on,
    shown_post,
    topic_beside,
    with_titles,
    with_words,
)
from cocreate.forums.templatetags.posts import place_of
from cocreate.help.access import crisis_lines
from cocreate.moderation.author_views import CODES_AT_A_TIME
from cocreate.moderation.deadlines import read_by
from cocreate.moderation.intake import raises_concern
from cocreate.moderation.saying_to import answer_say_to
from cocreate.moderation.templatetags.days import day_in_words
from cocreate.moderation.voice_forms import Noticed
from cocreate.pagecache.public_page import public_page
from cocreate.text.finder import Kind

View = Callable[..., HttpResponse]

MOST_NOTICED = 8
# For each network. A whole drop-in centre can write at once; a machine cannot fill the desk.
FORMS_AT_A_TIME = {"limit": 60, "seconds": 600}
UNPROCESSABLE, CONFLICT, TOO_MANY = 422, 409, 429

# Ages when a room's own row changes: its title, host, hours and rules stand on every topic.
ROOMS_KEY = "rooms"
OUR_QUERIES = re.compile(r"(?:side|efter|foer)=[1-9][0-9]{0,8}")


def kept_page(*, keys: Callable[..., list[str]], reads: frozenset[str]) -> Callable[[View], View]:
    """Keeps only addresses as our own links spell them: `?side=1&side=1` and its like, which name
    the same page in any number of ways, cannot fill the cache. `reads` are the view's parameters."""

    def decorate(view: View) -> View:
        kept = public_page(keys=keys, parameters=reads)(view)

        @wraps(view)
        def chosen(request: HttpRequest, **kwargs: Any) -> HttpResponse:
            asked = request.META.get("QUERY_STRING", "")
            ours = not asked or OUR_QUERIES.fullmatch(asked)
            return (kept if ours else view)(request, **kwargs)

        return chosen

    return decorate


# --- reading --------------------------------------------------------------------------------------


@require_safe
@kept_page(keys=lambda: ["forums", ROOMS_KEY, "site", "strategy"], reads=frozenset())
def forums(request: HttpRequest) -> HttpResponse:
    rooms = Forum.objects.visible_to(Viewer.of(request)).select_related("room", "theme", "host")
    return render(request, "forums/forums.html", {"rooms": rooms})


@require_safe
@kept_page(
    keys=lambda forum_slug: [f"forum:{forum_slug}", ROOMS_KEY, "site", "strategy"],
    reads=frozenset({"efter", "foer"}),
)
def forum(request: HttpRequest, forum_slug: str) -> HttpResponse:
    viewer = Viewer.of(request)
    room = forum_or_404(viewer, forum_slug)
    beside = topic_beside(room, request.GET.get("efter") or request.GET.get("foer") or "")
    rows, newer, older = page_of_topics(room, beside, before="foer" in request.GET)
    names_a_place = bool(request.GET.keys() & {"efter", "foer"})
    if names_a_place and (beside is None or not rows):
        # The list has changed since the link was made: begin at the top.
        return redirect(room)
    context = {
        "forum": room,
        "topics": with_titles(viewer, room, rows),
        "own_topics": [] if beside else own_topics(viewer, room),
        "newer": f"?foer={rows[0].pk}" if newer else "",
        "older": f"?efter={rows[-1].pk}" if older else "",
    }
    return render(request, "forums/forum.html", context)


@require_safe
@kept_page(
    keys=lambda forum_slug, topic_id, slug: [
        f"topic:{topic_id}",
        ROOMS_KEY,
        "site",
        "strategy",
        "insights",
    ],
    reads=frozenset({"side"}),
)
def topic(request: HttpRequest, forum_slug: str, topic_id: int, slug: str) -> HttpResponse:
    viewer = Viewer.of(request)
    found = topic_or_404(viewer, forum_slug, topic_id)
    opening = opening_of(viewer, found)
    title = opening.published_title if opening else ""
    address = topic_url(forum_slug, topic_id, title)
    if request.path != address:
        query = request.META.get("QUERY_STRING", "")
        return redirect(f"{address}?{query}" if OUR_QUERIES.fullmatch(query) else address)
    pages = max(1, -(-found.last_number // POSTS_PER_PAGE))
    page = _page_asked_for(request.GET, pages)
    posts = posts_on(found, page, viewer)
    unshown = own_unshown(viewer, found) if page == pages else []
    waiting = with_words(viewer, unshown)
    may_write = may_write_in(viewer, found)
    context = {
        "topic": found,
        "forum": found.forum,
        "slug": slug,
        "address": address,
        "reply_url": reverse("reply", args=[forum_slug, topic_id, slug]) if may_write else "",
        "title": title or own_title(found, waiting),
        "language": opening.language if opening else "",
        "begun": opening.published_at if opening else None,
        "posts": posts,
        "hidden_by": decisions_that_hid(posts),
        "own_hidden": own_hidden(viewer, posts),
        "waiting": waiting,
        "answer_url": _answer_address(viewer, unshown),
        "earlier": _page_link(page - 1, pages),
        "later": _page_link(page + 1, pages),
    }
    return render(request, "forums/topic.html", context)


def _page_asked_for(query: QueryDict, pages: int) -> int:
    asked = query.get("side", "1")
    if not A_NUMBER.fullmatch(asked) or int(asked) > pages:
        raise Http404
    return int(asked)


def _page_link(page: int, pages: int) -> str:
    if not 1 <= page <= pages:
        return ""
    return f"?side={page}" if page > 1 else "."


def _answer_address(viewer: Viewer, rows: list[Post]) -> str:
    """Where the author reads what a host wrote; empty when nobody has."""
    if not any(row.state in ANSWERED for row in rows):
        return ""
    return reverse("receipt" if viewer.receipts else "mine")


@dataclass(frozen=True)
class Here:
    """Where the words of a form go: the look-ups of a post there, and the way to store one."""

    lookups: dict[str, Any]
    store: Callable[[Given], Received]

    def mine(self, viewer: Viewer) -> QuerySet[Contribution]:
        return own(viewer).filter(**self.lookups)

    def take_in(self, given: Given, instead: str) -> Received:
        """As a new post, or in the place of one's own that `instead` names."""
        earlier = self.mine(given.viewer).filter(public_id=instead).first() if instead else None
        if earlier is not None and not was_received(given):
            return mend(earlier, given)
        return self.store(given)


# --- taking part ----------------------------------------------------------------------------------


@sensitive_post_parameters("title", "text", "alias", "code")
@require_http_methods(["GET", "HEAD", "POST"])
def new_topic(request: HttpRequest, forum_slug: str) -> HttpResponse:
    viewer = Viewer.of(request)
    room = forum_or_404(viewer, forum_slug)
    context = {"forum": room, "back": room.get_absolute_url(), "page": "forums/new_topic.html"}
    form = TopicForm(_sent(request), forum=room, viewer=viewer, initial=_asked(request))
    if request.method != "POST":
        return _show_form(request, form, context)
    here = Here({"post__opens__forum": room}, lambda given: begin_topic(room, given))
    return _take_in(request, form, context, here)


@sensitive_post_parameters("title", "text", "alias", "code")
@require_http_methods(["GET", "HEAD", "POST"])
def reply(request: HttpRequest, forum_slug: str, topic_id: int, slug: str) -> HttpResponse:
    viewer = Viewer.of(request)
    found = topic_or_404(viewer, forum_slug, topic_id)
    opening = opening_of(viewer, found)
    title = opening.published_title if opening else ""
    quoted = _post_to_answer(request, found, viewer)
    context = {
        "forum": found.forum,
        "topic": found,
        "title": title,
        "language": opening.language if opening else "",
        "back": topic_url(forum_slug, topic_id, title),
        "quoted": quoted,
        "page": "forums/reply.html",
    }
    form = PostForm(_sent(request), forum=found.forum, viewer=viewer, initial=_asked(request))
    if request.method != "POST":
        return _show_form(request, form, context)
    here = Here(
        {"post__topic": found, "post__opens": None},
        lambda given: answer(found, given, reply_to=quoted),
    )
    return _take_in(request, form, context, here)


def _sent(request: HttpRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def _asked(request: HttpRequest) -> dict[str, str]:
    """What the address says it is about; a value that we do not know selects nothing."""
    return {"guideline": request.GET.get("retningslinje", ""), "submission_id": form_id(request)}


def _post_to_answer(request: HttpRequest, found: Topic, viewer: Viewer) -> Post | None:
    """The shown post that `?paa=` names. One that is gone by now is not a reason to lose words."""
    named = request.GET.get("paa", "")
    return shown_post(found, int(named), viewer) if A_NUMBER.fullmatch(named) else None


def _take_in(
    request: HttpRequest, form: PostForm, context: dict[str, Any], here: "Here"
) -> HttpResponse:
    """Nothing is stored before `store`; until then every word goes back to the page."""
    tries_a_code = bool(request.POST.get("code"))
    if too_many(request, "post", **FORMS_AT_A_TIME) or (
        tries_a_code and too_many(request, "code", **CODES_AT_A_TIME)
    ):
        form.add_error(None, wait_a_little())
        return _show_form(request, form, context, status=TOO_MANY)
    if not form.is_valid():
        return _show_form(request, form, context, status=UNPROCESSABLE)
    noticed = form.noticed()
    if form.asks_about(noticed):
        return _show_form(request, form, {**context, **about(noticed)}, status=UNPROCESSABLE)
    given = form.given()
    like = None if form.is_answered else one_like(given, here.mine(given.viewer))
    if like is not None:
        return _ask_again(request, form, context, given, like)
    try:
        received = here.take_in(given, form.cleaned_data["instead"])
    except SentBefore as asks:
        return _ask_again(request, form, context, given, asks.contribution)
    except (AlreadyDecided, FormTooOld, TopicClosed) as refusal:
        form.begin_anew(why(refusal))
        return _show_form(request, form, context, status=CONFLICT)
    except NameTaken:
        # Somebody else sent theirs between our look and our storing.
        form.refuse_name()
        return _show_form(request, form, context, status=UNPROCESSABLE)
    return _show_receipt(request, received, context["forum"])


def _ask_again(
    request: HttpRequest,
    form: PostForm,
    context: dict[str, Any],
    given: Given,
    earlier: Contribution,
) -> HttpResponse:
    """The same words, or nearly, were sent a moment ago: nothing more is stored before an answer."""
    shown = {**context, "form": form, **ways_on(given, earlier)}
    return render(request, "forums/again.html", shown, status=UNPROCESSABLE)


def _show_form(
    request: HttpRequest, form: PostForm, context: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    found: Topic | None = context.get("topic")
    shown = {
        **context,
        "form": form,
        "given_back_to": given_back_to(request),
        "speaker": form.speaker,
        "name_is_missing": name_is_missing() if form.lacks_a_name else "",
        "is_closed": found is not None and not may_write_in(form.viewer, found),
        "code_is_open": bool(form.viewer.receipts),
        "reading_days": settings.READ_WITHIN_WORKING_DAYS,
    }
    return render(request, context["page"], shown, status=status)


def about(noticed: list[Noticed]) -> dict[str, Any]:
    """What the page says about personal data, and the kinds that sending once more accepts."""
    kinds = dict.fromkeys(place.kind for place in noticed)
    return {"noticed": noticed[:MOST_NOTICED], "accepted": " ".join(kinds)}


def why(refusal: Exception) -> str:
    if isinstance(refusal, TopicClosed):
        return _(
            "The host has closed the topic since you opened the page, so your post has not been "
            "sent. Your words are here. You can copy them and begin a new topic."
        )
    if isinstance(refusal, AlreadyDecided):
        return _(
            "We have read the post that you sent from this page before. What you have written now "
            "can be sent as a new post: press Send."
        )
    return _(
        "The page has been open for more than a day, so nothing has been sent. Your words are "
        "here: press Send."
    )


def wait_a_little() -> str:
    return _(
        "We have received very much from here in a short time. Wait ten minutes and press Send "
        "again. Your words are here."
    )


def _show_receipt(request: HttpRequest, received: Received, room: Forum) -> HttpResponse:
    """Answers the POST itself: a reload or a retry shows the same code again."""
    receipt = received.contribution.receipt
    if receipt is not None:
        open_receipt(request, receipt)
    findings = received.version.findings
    context = {
        "forum": room,
        "words": received.code,
        "url": _where_it_stands(received.contribution),
        "steps": _next_steps(received.contribution),
        "help_lines": crisis_lines() if raises_concern(received) else [],
        "individual_case": findings.filter(kind=Kind.INDIVIDUAL_CASE).exists(),
    }
    return render(request, "forums/receipt.html", context)


def _where_it_stands(contribution: Contribution) -> str:
    """The last page of the topic: there the author sees it wait."""
    post = post_of(contribution)
    page = max(1, -(-post.topic.last_number // POSTS_PER_PAGE))
    return post.topic.get_absolute_url() + (f"?side={page}" if page > 1 else "")


def _next_steps(contribution: Contribution) -> list[dict[str, str]]:
    sent = contribution.submitted_at or timezone.now()
    arrived = {"title": _("We have your post"), "when": capfirst(day_in_words(sent))}
    if contribution.state not in WAITING:
        return [
            arrived,
            {
                "title": _("A person has read it"),
                "text": _("What we wrote to you lies under your code."),
                "url": reverse("receipt"),
                "link": _("See what I have written"),
                "state": "here",
            },
        ]
    return [
        arrived,
        {
            "title": _("A host reads it"),
            "when": _("No later than %(day)s") % {"day": day_in_words(read_by(sent))},
            "text": _("Until then only you can see it."),
            "state": "here",
        },
        {
            "title": _("Then it stands in the conversation"),
            "text": _(
                "If we cannot show it, we write to you why. The answer lies under your code."
            ),
            "state": "later",
        },
        {
            "title": _("You still decide"),
            "text": _("With your code you can see what happens, and take your post back."),
            "state": "later",
        },
    ]


# --- "Sig til" ------------------------------------------------------------------------------------


@sensitive_post_parameters("title", "text", "alias", "code")
@require_http_methods(["GET", "HEAD", "POST"])
def say_to_post(
    request: HttpRequest, forum_slug: str, topic_id: int, slug: str, number: int
) -> HttpResponse:
    viewer = Viewer.of(request)
    found = topic_or_404(viewer, forum_slug, topic_id)
    told = shown_post(found, number, viewer)
    if told is None:
        raise Http404
    back = place_of(reverse("topic", args=[forum_slug, topic_id, slug]), number)
    context = {"forum": found.forum, "topic": found, "post": told, "back": back}
    return answer_say_to(
        request, told, context, form="forums/say_to.html", thanks="forums/said.html"
    )
