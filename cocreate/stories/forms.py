"""What a person may send: a story of their own, or a word about somebody else's."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cocreate.accounts.access import names_spoken_in
from cocreate.contributions.access import open_receipt_of
from cocreate.contributions.models import Attachment, GivenHow, Helper, Known
from cocreate.contributions.models.attachments import LONGEST_DESCRIPTION
from cocreate.contributions.operations import Given, Words
from cocreate.contributions.viewer import Viewer
from cocreate.moderation.voice_forms import AsksForConsent, VoiceForm
from cocreate.stories.models import HELPED, SPEAKS_AS, About, NameLevel, Recognised
from cocreate.text.forms import PlainLineField, PlainTextField
from cocreate.text.html import excerpt
from cocreate.text.names import SENTENCES, check_alias
from cocreate.themes.models import Passage, Theme

# What is asked about each photo of a story: the field's name ends with the photo's id.
DESCRIPTION, KNOWN = "description-", "known-"
LONGEST_NAME = 100
LONGEST_CHOSEN_NAME = 40

HELPING = About.HELPING
ABOUT_HINTS: dict[str, Promise] = {
    About.RELATIVE: _("Write no names. Ask yourself whether somebody could recognise them."),
    About.HELPING: _("Let the one you help see the screen, and ask them before you tick anything."),
}


# How somebody says yes to another who writes it down.
SAID_YES = ((GivenHow.SPOKEN, _("They said so")), (GivenHow.SIGNED, _("They signed on paper")))
# What is asked only where somebody holds the pen for another.
OF_HELPERS = ("told_by", "helper", "given_how", "read_back")


class StoryForm(AsksForConsent, VoiceForm):
    """Only the text has to be there; "Jeg vil bo" is enough.

    `may_help` offers to help somebody tell; `helping` says that it is so. Then nothing is taken from
    the account of the one who writes.
    """

    text = PlainTextField(
        label=_("Your story"),
        help_text=_("Write as you speak. Three words are enough."),
        max_length=settings.STORY_MAX_LENGTH,
        widget=forms.Textarea(attrs={"rows": 8}),
        error_messages={"required": _("Write a few words")},
    )
    title = PlainLineField(
        label=_("Heading"),
        help_text=_("A few words for the top of your story."),
        required=False,
    )
    about = forms.ChoiceField(
        label=_("Who tells?"),
        choices=About.choices,
        required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": _("Choose who tells")},
    )
    theme = forms.ChoiceField(
        label=_("Which theme is it about?"),
        required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": _("Choose a theme from the list, or none")},
    )
    guidelines = forms.MultipleChoiceField(
        label=_("Is it about one of the guidelines?"),
        help_text=_("Tick those that fit. You can also leave it."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _("Choose guidelines from the list, or none")},
    )
    name_level = forms.ChoiceField(
        label=_("What may stand where the name stands?"),
        choices=NameLevel.choices,
        required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": _("Choose from the list, or nothing")},
    )
    alias = PlainLineField(
        label=_("The name that may stand there"),
        help_text=_("Only if you have chosen a nickname or your first name."),
        required=False,
        max_length=LONGEST_CHOSEN_NAME,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    recognised = forms.ChoiceField(
        label=_("Can anybody you write about be recognised?"),
        help_text=_("Think of children, partners, neighbours and staff."),
        choices=Recognised.choices,
        required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": _("Choose from the list, or nothing")},
    )
    listed = forms.BooleanField(
        label=_("Search engines may find it"),
        help_text=_("Otherwise we ask them to leave it out. They mostly do."),
        required=False,
    )
    email = forms.EmailField(
        label=_("Do you want word when there is news? Then write your e-mail"),
        help_text=_(
            "The mail only says that there is news. Neither its subject nor its text says what it "
            "is about. Without an e-mail you use your code."
        ),
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"invalid": _("Write an e-mail address such as name@example.com")},
    )
    told_by = forms.ChoiceField(
        label=_("Who tells?"),
        choices=HELPED,
        initial=About.SELF,
        required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": _("Choose who tells")},
    )
    helper = forms.ChoiceField(
        label=_("Who holds the pen?"),
        help_text=_("It stands at the story that there was a helper. It does not stand who."),
        choices=[(value, label) for value, label in Helper.choices if value],
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose who holds the pen"),
            "invalid_choice": _("Choose who holds the pen"),
        },
    )
    given_how = forms.ChoiceField(
        label=_("How did they say yes?"),
        help_text=_("Only if something is ticked. The yes is theirs, not the helper's."),
        choices=SAID_YES,
        required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": _("Choose how they said yes")},
    )
    read_back = forms.BooleanField(
        label=_("I have read it aloud, and it is right"),
        help_text=_("The one who tells decides what is right."),
        error_messages={"required": _("Read it aloud, and tick when it is right")},
    )
    under_open_code = forms.BooleanField(
        label=_("Keep it under the code that is open on this device"),
        help_text=_("Tick only if the code is your own. Otherwise you get a new one."),
        required=False,
    )
    # In the guide: which draft the page belongs to, and what was shown before it is sent.
    draft = forms.CharField(required=False, widget=forms.HiddenInput)
    shown = forms.CharField(required=False, widget=forms.HiddenInput)
    # The answers to the page that asks once more when nothing is ticked.
    asked = forms.BooleanField(required=False, widget=forms.HiddenInput)
    without_use = forms.BooleanField(required=False, widget=forms.HiddenInput)

    read_by_rules: tuple[str, ...] = ("title", "text")
    about_hints = ABOUT_HINTS

    def __init__(
        self,
        *args: Any,
        viewer: Viewer,
        may_help: bool = False,
        helping: bool = False,
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.fields["consents"].label = _("What may we use your story for?")
        self.fields["consents"].help_text = _("You choose yourself. You can change it later.")
        self.viewer = viewer.without_account() if helping else viewer
        self.helping = helping
        user = viewer.user
        speaks_as_account = user is not None and user.speaks_in_own_name
        self.speaker = user if speaks_as_account and not helping else None
        self._ask_who_tells(may_help=may_help, is_staff=bool(user and user.is_on_the_staff))
        if self.speaker is not None:
            # What they are is known from the account; they cannot say they are something else.
            for name in ("name_level", "alias"):
                del self.fields[name]
        if not viewer.receipts:
            del self.fields["under_open_code"]
        self.themes = {str(theme.number): theme for theme in Theme.objects.all()}
        passages = Passage.objects.in_force().of_guidelines().filter(guideline__retired_in=None)
        self.passages = {row.guideline.code: row for row in passages if row.guideline}
        self._offer_topics()

    def goes_with(self, files: Sequence[Attachment]) -> None:
        """What the photos and the voice of a story are asked about. With one of them no words need to
        be written; what is written about a photo the rules read as they read the story."""
        photos = [one for one in files if one.is_photo]
        for number, photo in enumerate(photos, 1):
            numbered = {"number": number}
            self.fields[f"{DESCRIPTION}{photo.public_id}"] = PlainLineField(
                label=gettext("What is in picture %(number)d?") % numbered,
                help_text=_("For those who cannot see it. You can leave it."),
                required=False,
                max_length=LONGEST_DESCRIPTION,
            )
            self.fields[f"{KNOWN}{photo.public_id}"] = forms.ChoiceField(
                label=gettext("Can anybody be recognised in picture %(number)d?") % numbered,
                help_text=_("Without an answer we do not show the picture."),
                choices=Known.choices,
                required=False,
                widget=forms.RadioSelect,
                error_messages={"invalid_choice": _("Choose from the list, or nothing")},
            )
        if len(photos) < len(files):
            self.fields["sound"] = forms.BooleanField(
                label=_("Others may hear my voice on the site"),
                help_text=_("Otherwise only our hosts hear it, and write down what you say."),
                required=False,
            )
        if files:
            self.fields["text"].required = False
        described = (f"{DESCRIPTION}{photo.public_id}" for photo in photos)
        self.read_by_rules = (*self.read_by_rules, *described)

    def _ask_who_tells(self, *, may_help: bool, is_staff: bool) -> None:
        """Staff tell about their work in their own name, or hold the pen for somebody."""
        offered = [(value, label) for value, label in About.choices if may_help or value != HELPING]
        if is_staff:
            offered = [(value, label) for value, label in offered if value in {About.WORK, HELPING}]
            self.fields["about"].initial = About.WORK
        self._field("about").choices = offered
        if self.speaker is not None and not (may_help and is_staff):
            del self.fields["about"]
        if not self.helping:
            for name in OF_HELPERS:
                del self.fields[name]
            return
        self.fields["email"].label = _(
            "Does the one who tells want word when there is news? Then write their e-mail"
        )
        self.fields["email"].help_text = _(
            "Only an address of their own, never the helper's. Without one they use the code."
        )
        if is_staff:
            # Known from the account, so that nobody has to say it. The account itself is not kept.
            del self.fields["helper"]

    def _offer_topics(self) -> None:
        none_of_them = ("0", _("None of them, or I do not know"))
        titles = [(number, theme.title) for number, theme in self.themes.items()]
        self._field("theme").choices = [none_of_them, *titles]
        self._field("guidelines").choices = [
            (code, f"{code} {short_of(passage)}") for code, passage in self.passages.items()
        ]

    def _field(self, name: str) -> forms.ChoiceField:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - for the type checker
        return field

    @property
    def topics(self) -> list[str]:
        """What it is said to be about, in words; empty when nothing known is chosen."""
        number = self["theme"].value()
        codes = self["guidelines"].value() or []
        themes = [theme.title for key, theme in self.themes.items() if key == number]
        chosen = [f"{code} {short_of(row)}" for code, row in self.passages.items() if code in codes]
        return themes + chosen

    def clean_alias(self) -> str:
        name: str = self.cleaned_data["alias"]
        refusal = check_alias(name, names_spoken_in()) if name else None
        if refusal:
            raise forms.ValidationError(str(SENTENCES[refusal]))
        return name

    def clean(self) -> dict[str, Any]:
        if self.speaker is not None and not self.speaker.get_full_name():
            self.add_error(
                None,
                _(
                    "You speak here with your full name, and your account has none yet. Ask an "
                    "administrator to fill it in, and send again. Your words are here."
                ),
            )
        cleaned = super().clean()
        wants_name = cleaned.get("name_level") in {NameLevel.NICKNAME, NameLevel.FIRST_NAME}
        says_yes = bool(cleaned.get("consents")) and "given_how" in self.fields
        if says_yes and cleaned.get("given_how") == "":
            self.add_error("given_how", _("Choose how they said yes"))
        # Also when it is there and refused: that says enough.
        if wants_name and cleaned.get("alias") == "":
            self.add_error("alias", _("Write the name, or choose that none stands there"))
        return cleaned

    def asks_for_consent(self) -> bool:
        """Nothing is ticked, and the person has not said that it is meant so."""
        said = self.cleaned_data
        if said["consents"] or said["without_use"]:
            return False
        if said["asked"]:
            self.add_error("consents", _("Tick what we may use it for, or choose the other button"))
        return True

    def given(self, language: str) -> Given:
        said = self.cleaned_data
        about = self._whose_life()
        chosen = [self.passages[code] for code in said["guidelines"]]
        level = NameLevel(said.get("name_level") or NameLevel.NONE)
        name = said.get("alias", "") if level != NameLevel.NONE else ""
        if self.speaker:
            name = self.speaker.get_full_name()[:LONGEST_NAME]
        return Given(
            submission_id=said["submission_id"],
            words=Words(text=said["text"], title=said["title"], alias=name),
            viewer=self.viewer,
            keep_under=open_receipt_of(self.viewer) if said.get("under_open_code") else None,
            scopes=frozenset(said["consents"]),
            wordings=self.wordings,
            role=SPEAKS_AS[about],
            given_how=said.get("given_how") or GivenHow.WEB,
            email=said["email"],
            replaces=said.get("instead") or "",
            theme=self.themes.get(said["theme"]) or theme_of(chosen),
            guidelines=[row.guideline for row in chosen if row.guideline],
            language=language,
            details={
                "about": about,
                "name_level": level,
                "recognised": said["recognised"],
                "listed": said["listed"],
                "helper": said.get("helper") or (Helper.STAFF if self.helping else Helper.NONE),
            },
        )

    def _whose_life(self) -> About:
        if self.speaker:
            return About.WORK
        return About(self.cleaned_data["told_by" if self.helping else "about"] or About.SELF)


def asked_for(query: Mapping[str, Any]) -> dict[str, Any]:
    """What the address says the story is about; a value we do not know selects nothing."""
    return {"theme": query.get("tema", ""), "guidelines": [query.get("retningslinje", "")]}


def short_of(passage: Passage) -> str:
    return passage.plain_summary or excerpt(passage.text, 90)


def theme_of(passages: list[Passage]) -> Theme | None:
    """The theme of the chosen guidelines, when they are all of one."""
    themes = {passage.theme for passage in passages}
    return themes.pop() if len(themes) == 1 else None
