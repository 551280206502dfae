"""The words a host should read first, told from figures of speech. All sentences are our own."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cocreate.text.finder import PERSONAL, Kind, Level, find
from cocreate.text.finds import GRAVITY

HIGH = """
Jeg har taget alle mine piller.
Jeg har lige taget en overdosis.
I aften gør jeg det.
I nat tager jeg mit eget liv.
Jeg har skrevet et afskedsbrev.
Farvel til jer alle.
Når I læser det her, er jeg væk.
Pas godt på min hund, når jeg ikke er her mere.
Jeg har planlagt min død.
Jeg springer ud foran toget.
Jeg hopper ud fra broen.
Jeg vil hænge mig selv.
Jeg har en plan for, hvordan jeg vil slutte livet.
Jeg slår ham ihjel.
Han siger, at han vil slå mig ihjel.
Rebet hænger klar på loftet.
Jeg skærer pulsåren over.
Det slutter i aften.
I ser mig aldrig igen.
Han rører ved min datter.
jeg har samlet piller nok
i aften er det slut
"""

MEDIUM = """
Nogle nætter tænker jeg, at det var lettere for alle, hvis jeg ikke var her.
Jeg vil ikke leve mere.
Jeg har selvmordstanker.
jeg har lyst til at dø
jeg har lyst til og doe
Jeg har ikk lyst til at leve
Jeg har lyst
til at dø
Jeg orker ikke at leve.
Gid jeg var død.
Jeg ville ønske, at jeg aldrig var født.
Der er ingen grund til at leve.
Jeg tænker tit på at dø.
Jeg overvejer at tage livet af mig.
Alle ville have det bedre uden mig.
Jeg skærer i mig selv.
Jeg skader mig selv, når det bliver for meget.
Jeg ville ønske, jeg kunne sove og aldrig vågne op igen.
Jeg kan ikke se nogen udvej.
Livet er ikke værd at leve.
Jeg har mistet lysten til livet.
Min søn siger, at han vil tage sit eget liv.
Min mand slår mig.
Min kæreste slår mig, når han drikker.
Jeg er bange for min mand.
Han slår sine børn.
Naboens barn får ikke mad.
Jeg vil dø
Jeg vil bare gerne dø
Så gør jeg en ende på det
Han låser mig inde.
""".replace("lyst\ntil", "lyst\x00til")

LOW = """
For ti år siden havde jeg selvmordstanker.
Dengang ville jeg ikke leve mere.
Jeg orker ikke mere.
Jeg kan ikke mere.
Min bror tog sit eget liv i 2011.
Som ung skar jeg i mig selv.
Som barn fik jeg tæsk.
Jeg vil hellere dø end at flytte tilbage.
Jeg føler, at jeg er en byrde.
Selvmord er et emne, man sjældent taler om.
Jeg blev udsat for vold af min far.
Jeg har mistet håbet.
jeg kan ikke mere
"""

NONE = """
Køen hos kommunen slår mig ihjel.
Køen er til at dø af.
Jeg dør af grin.
Min far døde i 2019.
Min mor er død.
Jeg er dødtræt.
Det er dødkedeligt at vente.
Ventetiden tager livet af mig.
Vi slår tiden ihjel på værestedet.
Han skød sig selv i foden med det forslag.
Jeg kan ikke leve af kontanthjælp.
Vi lavede en plan for mit liv.
Det slår mig, at ingen ringer tilbage.
Hvis jeg ikke er her på torsdag, så ring til min søster.
Det var lettere for mig, hvis jeg ikke skulle fortælle det hele igen.
Jeg var ved at dø af skam.
Min mor ville dø derhjemme.
Hun vil gerne dø i sin egen seng.
Gør en ende på det dårlige telefonsystem.
Vi tager livet, som det kommer.
Farvel og tak for kaffe.
Tak for alt, I har gjort.
Livslinien har en plakat på biblioteket.
Det blev slået fast på mødet.
Jeg hænger mig ikke i detaljer.
I aften er der fællesspisning.
Jeg tager mine piller hver morgen.
Jeg har taget medicin i mange år.
Han slår plænen for naboen.
De står på broen og fisker.
Kommunen truer mig med at stoppe min ydelse.
Vi skal jo alle dø en dag.
Systemet har sat mit liv tilbage til start.
Et liv uden vold er en ret.
Toget kører for sjældent.
"""


def sentences(block: str) -> list[str]:
    return [line.replace("\x00", "\n") for line in block.strip().split("\n")]


def level(text: str) -> Level | None:
    levels = [one.level for one in find(text) if one.kind is Kind.CONCERN]
    return max(levels, key=GRAVITY.__getitem__, default=None)


@pytest.mark.parametrize("sentence", sentences(HIGH))
def test_a_plan_or_a_farewell_is_high(sentence: str) -> None:
    assert level(sentence) is Level.HIGH


@pytest.mark.parametrize("sentence", sentences(MEDIUM))
def test_ongoing_thoughts_and_danger_at_home_are_medium(sentence: str) -> None:
    assert level(sentence) is Level.MEDIUM


@pytest.mark.parametrize("sentence", sentences(LOW))
def test_what_is_past_or_figurative_is_low(sentence: str) -> None:
    assert level(sentence) is Level.LOW


@pytest.mark.parametrize("sentence", sentences(NONE))
def test_a_figure_of_speech_alarms_nobody(sentence: str) -> None:
    assert level(sentence) is None


def test_a_concern_in_the_middle_of_a_long_story_is_pointed_at() -> None:
    story = "Jeg gik i kø i dag. " * 40 + "Jeg vil ikke leve mere. " + "Vi spiste suppe. " * 40
    (found,) = find(story)
    assert story[found.start : found.end] == "vil ikke leve mere"


def test_long_ago_and_still_is_ongoing() -> None:
    assert level("Tidligere havde jeg selvmordstanker, og jeg har dem stadig.") is Level.MEDIUM


@pytest.mark.parametrize(
    "text",
    [
        "Min sag ligger stille.",
        "Hvad er mit sagsnummer?",
        "Sagsnr. 2017-1234",
        "Jeg vil klage over afgørelsen i min sag.",
        "Hvornår får jeg svar i min sag?",
        "Hvornår får jeg svar på min ansøgning?",
    ],
)
def test_ones_own_case_is_seen(text: str) -> None:
    assert {(one.kind, one.level) for one in find(text)} == {(Kind.INDIVIDUAL_CASE, Level.LOW)}


@pytest.mark.parametrize(
    "text",
    [
        "Det er ikke min sag at blande mig.",
        "Sagsbehandleren var venlig.",
        "Det er en god sag.",
        "Vi venter på svar fra politikerne.",
    ],
)
def test_cases_in_general_are_no_individual_case(text: str) -> None:
    assert find(text) == []


pieces = st.sampled_from(
    [
        *sentences(HIGH + MEDIUM + NONE),
        "010180-1234",
        "20 10 12 34",
        "kim@eksempel.dk",
        "Toftevej 12",
        "3650 Ølstykke",
        "min sag",
        "\u200b",
        "\n\n",
        " ",
        "+45",
        "@",
        "1",
        "💚",
    ]
)


@settings(deadline=None, max_examples=300)
@given(st.one_of(st.text(), st.lists(pieces).map("".join)))
def test_what_is_found_lies_in_the_text_in_order_and_apart(text: str) -> None:
    found = find(text)
    assert all(0 <= one.start < one.end <= len(text) for one in found)
    assert [one.start for one in found] == sorted(one.start for one in found)
    for kind in Kind:
        same = [one for one in found if one.kind is kind]
        assert all(one.end <= after.start for one, after in zip(same, same[1:], strict=False))


def test_personal_data_is_told_from_the_rest() -> None:
    assert Kind.CPR in PERSONAL
    assert not {Kind.CONCERN, Kind.INDIVIDUAL_CASE} & PERSONAL
