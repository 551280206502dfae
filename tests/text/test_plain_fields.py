"""No character is a reason to refuse what somebody wrote, and too long says how long."""

import pytest
from django import forms
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from cocreate.text.forms import PlainLineField, PlainTextField


class Letter(forms.Form):
    title = PlainLineField(required=False)
    text = PlainTextField(max_length=100)


@settings(deadline=None, max_examples=200)
@given(st.text())
def test_any_string_gets_an_answer_and_can_be_shown_again(text: str) -> None:
    form = Letter({"title": text, "text": text})
    form.is_valid()
    form.as_p().encode()


def test_a_nul_and_a_lone_surrogate_are_taken_out_not_refused() -> None:
    form = Letter({"title": "Min\x00 titel\ud800", "text": "Hej\x00\r\ndu"})
    assert form.is_valid(), form.errors
    assert form.cleaned_data == {"title": "Min titel", "text": "Hej\ndu"}


@pytest.mark.parametrize("length", [101, 5_000])
def test_too_long_says_how_long_and_what_there_is_room_for(length: int) -> None:
    form = Letter({"text": "å" * length})
    with translation.override("en"):
        assert not form.is_valid()
        sentence = form.errors["text"][0]
    assert f"{length:,}" in sentence
    assert "100" in sentence


def test_a_form_with_an_error_shows_all_that_was_written() -> None:
    form = Letter({"title": "x" * 300, "text": "første linje\r\nanden linje"})
    assert not form.is_valid()
    shown = form.as_p()
    assert "x" * 300 in shown
    assert "første linje\nanden linje" in shown


def test_the_browser_is_not_asked_to_cut_a_pasted_text() -> None:
    assert "maxlength" not in Letter().as_p()


def test_only_what_cannot_be_seen_is_the_same_as_nothing() -> None:
    form = Letter({"text": " \u200b\x00\n "})
    assert not form.is_valid()
    assert form.errors.as_data()["text"][0].code == "required"


def test_length_is_counted_after_cleaning() -> None:
    assert Letter({"text": "a\r\n" * 50}).is_valid()
