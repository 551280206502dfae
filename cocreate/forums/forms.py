"""What a person may send in a conversation: a topic, an answer, or a word about a post."""

from collections.abc import Iterable
from dataclasses import replace
from secrets import choice
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from cocreate.accounts.access import names_spoken_in
from cocreate.contributions.access import open_receipt_of, own, receipt_for_code
from cocreate.contributions.models import Receipt, Scope, VoiceRole
from cocreate.contributions.names import is_anothers
from cocreate.contributions.operations import (
    Given,
    Words,
    submission_seal,
)
from cocreate.contributions.viewer import Viewer
from cocreate.forums.models import Forum
from cocreate.moderation.voice_forms import VoiceForm
from cocreate.text.forms import PlainLineField, PlainTextField
from cocreate.text.names import SENTENCES, check_alias
from cocreate.themes.models import Passage

LONGEST_NAME = 40
LONGEST_SHOWN = 100  # the column it is shown from
LONGEST_TITLE = 120
LONGEST_WORD_TO_US = 2_000
ANONYMOUS = frozenset({"anonym", "anonymous"})

# Two words, so that two who write before either is shown hardly ever get the same name: 1,000 and
# more pairs. Nothing of the person, the room or the time goes into them. No first or last names.
FLYING_AND_GROWING = (
    "Musvit", "Solsort", "Gråspurv", "Svale", "Bogfinke", "Rødhals", "Blåmejse", "Skovskade",
    "Spætte", "Vibe", "Terne", "Hejre", "Svane", "Gærdesmutte", "Sanglærke", "Isfugl", "Dompap",
    "Stillits", "Nattergal", "Tårnfalk", "Strandskade", "Ederfugl", "Vandstær", "Løvsanger",
    "Bøg", "Ahorn", "Poppel", "Rødel", "Kastanje", "Hyld", "Slåen", "Tjørn", "Enebær", "Avnbøg",
    "Bævreasp", "Valnød", "Morbær", "Mirabel", "Kvæde", "Taks",
)  # fmt: skip
STONES = (
    "Flint", "Granit", "Skifer", "Kalksten", "Kvarts", "Ametyst", "Agat", "Onyks", "Jaspis",
    "Marmor", "Basalt", "Gnejs", "Sandsten", "Kridt", "Opal", "Topas", "Beryl", "Karneol",
    "Porfyr", "Malakit", "Glimmer", "Feldspat", "Rosenkvarts", "Bjergkrystal", "Strandsten",
    "Kampesten",
)  # fmt: skip

WHO_TELLS = [
    (VoiceRole.CITIZEN, _("I live it myself")),
    (VoiceRole.RELATIVE, _("I am a relative")),
    (VoiceRole.VOLUNTEER, _("I am a volunteer")),
]


class PostForm(VoiceForm):
    """An answer. Only the text has to be there."""

    text = PlainTextField(
        label=_("Your answer"),
        help_text=_(
            "Write about what you have lived through yourself. Do not write other people's names. "
            "A host reads it before others can see it."
        ),
        max_length=settings.POST_MAX_LENGTH,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": _("Write a few words")},
    )
    alias = PlainLineField(
        label=_("Nickname"),
        help_text=_("Not your real name. You can keep our suggestion, or write “anonym”."),
        required=False,
        max_length=LONGEST_NAME,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    role = forms.ChoiceField(
        label=_("Who are you here?"),
        help_text=_("It stands after your nickname. If you choose nothing, it says “Citizen”."),
        choices=WHO_TELLS,
        required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": _("Choose from the list, or nothing")},
    )
    guideline = forms.ChoiceField(
        label=_("Is it about one of the guidelines?"),
        help_text=_("Then it also stands on the guideline's own page. You can leave it."),
        required=False,
        error_messages={"invalid_choice": _("Choose a guideline from the list, or none")},
    )
    code = PlainLineField(
        label=_("Do you have a code?"),
        help_text=_("Then your new post is kept together with what you wrote before."),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    under_open_code = forms.BooleanField(
        label=_("Keep it under the code that is open on this device"),
        help_text=_("Tick only if the code is your own. Otherwise you get a new one."),
        required=False,
    )
    may_quote = forms.BooleanField(
        label=_("Short quotes may stand in the politicians' papers"),
        help_text=_(
            "The papers are public. Once the politicians have their papers, we cannot call a quote "
            "back."
        ),
        required=False,
    )

    field_order = (
        "title",
        "text",
        "guideline",
        "alias",
        "role",
        "code",
        "under_open_code",
        "may_quote",
    )
    read_by_rules = ("title", "text", "alias")

    def __init__(self, *args: Any, forum: Forum, viewer: Viewer, **options: Any) -> None:
        super().__init__(*args, **options)
        self.forum, self.viewer = forum, viewer
        self.receipt: Receipt | None = None
        user = viewer.user
        self.speaker = user if user is not None and user.speaks_in_own_name else None
        self._offer_guidelines()
        if self.speaker is not None:
            # Staff and councillors are never incognito (guideline 2.6).
            for name in ("alias", "role", "code", "under_open_code"):
                del self.fields[name]
        elif not self.is_bound:
            self._suggest_name()
        for name in {"code"} if viewer.receipts else {"under_open_code"}:
            self.fields.pop(name, None)

    @property
    def lacks_a_name(self) -> bool:
        return self.speaker is not None and not self.speaker.get_full_name()

    def clean_alias(self) -> str:
        name: str = self.cleaned_data["alias"]
        if name.casefold() in ANONYMOUS:
            return ""
        refusal = check_alias(name, protected_names(self.forum)) if name else None
        if refusal:
            raise forms.ValidationError(str(SENTENCES[refusal]))
        return name

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if self.lacks_a_name:
            self.add_error(None, name_is_missing())
        if cleaned.get("code"):
            self._open(cleaned["code"])
        elif cleaned.get("under_open_code"):
            self.receipt = open_receipt_of(self.viewer)
        if cleaned.get("alias") and self._is_anothers(cleaned["alias"]):
            self.refuse_name()
        return cleaned

    def refuse_name(self) -> None:
        self.add_error(
            "alias",
            _(
                "Somebody else in this room writes under that name. Choose another one. If it was "
                "you, write your code below."
            ),
        )

    def given(self) -> Given:
        said = self.cleaned_data
        scopes = {Scope.SHOW, Scope.ANALYSE, *([Scope.QUOTE] if said["may_quote"] else [])}
        name = self.speaker.get_full_name()[:LONGEST_SHOWN] if self.speaker else said["alias"]
        passage = self.passages.get(said.get("guideline", ""))
        return Given(
            submission_id=said["submission_id"],
            words=Words(text=said["text"], title=said.get("title", ""), alias=name),
            viewer=self.viewer,
            keep_under=self.receipt,
            replaces=said.get("instead") or "",
            scopes=frozenset(scopes),
            role=said.get("role") or VoiceRole.CITIZEN,
            guidelines=[passage.guideline] if passage and passage.guideline else [],
            language=get_language() or settings.LANGUAGE_CODE,
        )

    def _open(self, typed: str) -> None:
        receipt = receipt_for_code(typed)
        if receipt is None:
            self.add_error(
                "code",
                _("We do not know that code. Look at the seven words again, or leave it empty."),
            )
        else:
            self.receipt = receipt
            self.viewer = replace(self.viewer, receipts=frozenset({receipt.pk}))

    def _is_anothers(self, name: str) -> bool:
        return is_anothers(
            name,
            self.forum.room,
            viewer=self.viewer,
            seal=submission_seal(self.cleaned_data.get("submission_id", ""), self.viewer),
            keep_under=self.receipt,
        )

    def _suggest_name(self) -> None:
        """The name and role this person had here last; otherwise a name that comes from nothing."""
        earlier = own(self.viewer).filter(room=self.forum.room_id).order_by("-submitted_at")
        last = earlier.values_list("alias", "role").first()
        alias, role = last or (new_name(), None)
        self.fields["alias"].initial = alias or gettext("Anonymous")
        self.fields["role"].initial = role

    def _offer_guidelines(self) -> None:
        rows = Passage.objects.in_force().of_guidelines().filter(guideline__retired_in=None)
        if self.forum.theme_id is not None:
            rows = rows.filter(guideline__theme=self.forum.theme_id)
        self.passages = {row.guideline.code: row for row in rows if row.guideline}
        field = self.fields["guideline"]
        if not self.passages:
            del self.fields["guideline"]
        elif isinstance(field, forms.ChoiceField):
            field.choices = [("", _("No, or I do not know")), *map(_offered, self.passages.items())]


class TopicForm(PostForm):
    """The first post of a new topic."""

    title = PlainLineField(
        label=_("What do you want to talk about?"),
        help_text=_("A few words, for example a question."),
        max_length=LONGEST_TITLE,
        error_messages={"required": _("Write what it is about, in a few words")},
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["text"].label = _("What would you like to say?")


def new_name() -> str:
    """ "Musvit Flint": drawn anew each time, kept nowhere until the person sends it."""
    return f"{choice(FLYING_AND_GROWING)} {choice(STONES)}"


def protected_names(forum: Forum) -> Iterable[str]:
    """Those who speak in their own name: nobody else may be taken for them."""
    people = names_spoken_in()
    if forum.host is not None:
        people.append(forum.host.get_full_name())
        people.append(forum.host.first_name)
    return [name for name in people if name]


def name_is_missing() -> str:
    return gettext(
        "You speak here with your full name, and your account has none yet. Ask an administrator "
        "to fill it in, and send again. Your words are here."
    )


def _offered(row: tuple[str, Passage]) -> tuple[str, str]:
    code, passage = row
    return code, f"{code} {passage.plain_summary or passage.text[:90]}"
