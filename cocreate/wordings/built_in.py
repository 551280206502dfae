"""The texts that a promise, a yes or a letter hangs on, as they are until staff write their own.

Each has a number: a consent keeps the number of the wording it answered (GDPR art. 7(1): who asks
must be able to show what was asked). Change a text here, and raise its number; `tests/wordings`
refuses one without the other. Numbers of what staff write begin at FIRST_OF_STAFF.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

FIRST_OF_STAFF = 100


@dataclass(frozen=True)
class BuiltIn:
    """`hint` is the small print under a question; None where there is no place for any."""

    label: Promise
    text: Promise
    hint: Promise | None = None
    number: int = 1


PROMISE = "promise"
CRISIS = "crisis"
RECEIPT = "receipt"
CONSENTS = {scope: f"consent.{scope}" for scope in ("show", "analyse", "read_aloud", "quote")}

BUILT_IN: dict[str, BuiltIn] = {
    PROMISE: BuiltIn(
        _("What we promise whoever tells"),
        _(
            "You cannot decide what the politicians decide. But with your code you can always see "
            "what happens to your story. We also write when the answer is no, and why."
        ),
    ),
    CONSENTS["show"]: BuiltIn(
        _("The box: shown on the site"),
        _("It may be shown on the site"),
        _("Then others can read it."),
    ),
    CONSENTS["analyse"]: BuiltIn(
        _("The box: used when we gather"),
        _("It may be used when we gather what many say"),
        _("We read it together with what others have said."),
    ),
    CONSENTS["read_aloud"]: BuiltIn(
        _("The box: read aloud at a workshop"),
        _("It may be read aloud at a workshop"),
        _("Somebody else reads it. You need not be there."),
    ),
    CONSENTS["quote"]: BuiltIn(
        _("The box: quotes in the politicians' papers"),
        _("Short quotes may stand in the politicians' papers"),
        _(
            "The papers are public. Everybody can read them. Once the politicians have their "
            "papers, we cannot call a quote back."
        ),
    ),
    CRISIS: BuiltIn(
        _("To somebody who may be in danger"),
        _(
            "It sounds as if you are having a very hard time right now. We read it as soon as we "
            "can, but we do not sit here all the time."
        ),
    ),
    RECEIPT: BuiltIn(
        _("On the receipt, above the code"),
        _("Write the code down, or take a picture of it. We cannot find it again for you."),
    ),
    "letter.opening.returned": BuiltIn(
        _("Letter, first lines: sent back"),
        _("We have read what you wrote. We cannot show it as it is now."),
    ),
    "letter.opening.declined": BuiltIn(
        _("Letter, first lines: not accepted"),
        _("We have read what you wrote. We do not show it."),
    ),
    "letter.opening.hidden": BuiltIn(
        _("Letter, first lines: hidden"),
        _("We have hidden what you wrote. Others cannot read it any more."),
    ),
    "letter.reason.personal_data": BuiltIn(
        _("Letter, why: personal data"),
        _(
            "There is something in it that shows who you are or where you live. We take care that "
            "nobody can find you by it."
        ),
    ),
    "letter.reason.names_others": BuiltIn(
        _("Letter, why: names somebody else"),
        _(
            "You name another person, and that person cannot answer here. You are welcome to write "
            "the same without the name."
        ),
    ),
    "letter.reason.individual_case": BuiltIn(
        _("Letter, why: a case of one's own"),
        _(
            "We cannot solve your own case here. If you need an answer in your case, call your "
            "caseworker. If you are not content with how you have been met, you can call the "
            "citizens' adviser."
        ),
    ),
    "letter.reason.harm": BuiltIn(
        _("Letter, why: how one can come to harm"),
        _(
            "It tells how one can come to harm. Others who read along may be having a hard time. "
            "You are welcome to write how you feel without telling how. If you are in danger, call "
            "112."
        ),
    ),
    "letter.reason.hate": BuiltIn(
        _("Letter, why: attacks somebody"),
        _(
            "It is hard on somebody who can read along. You may well be angry. Write what happened "
            "and what ought to be different."
        ),
    ),
    "letter.reason.off_topic": BuiltIn(
        _("Letter, why: something else"),
        _("It is about something other than the strategy, and we cannot use it in that work."),
    ),
    "letter.reason.unclear": BuiltIn(
        _("Letter, why: not understood"),
        _("There is something we do not understand. We would like to ask you about it: "),
    ),
    "letter.reason.care": BuiltIn(
        _("Letter, why: we would like to talk first"),
        _(
            "We would like to talk with you before we show it. You decide whether you want to. You "
            "can call us on the number at the bottom of the page."
        ),
    ),
    "letter.closing.returned": BuiltIn(
        _("Letter, last lines: sent back"),
        _("You can change the text and send it again with your code. You can also take it back."),
    ),
    "letter.closing.declined": BuiltIn(
        _("Letter, last lines: not accepted"),
        _("A host has decided it. If you disagree, you can ask another host to look at it."),
    ),
    "letter.closing.hidden": BuiltIn(
        _("Letter, last lines: hidden"),
        _("A host has decided it. If you disagree, you can ask another host to look at it."),
    ),
}


def choices() -> list[tuple[str, Promise]]:
    return [(key, built_in.label) for key, built_in in BUILT_IN.items()]
