"""The one sanitizer: whatever is written, a reader's browser gets paragraphs, breaks and links."""

import unicodedata
from html import unescape
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cocreate.text.html import LINK_REL, MOST_BREAKS, MOST_LINKS, excerpt, to_html
from cocreate.text.plain import clean

ALLOWED = {"p": {"dir"}, "br": set(), "a": {"href", "rel"}}

ATTACKS = """
<script>alert(1)</script>
<SCRIPT SRC=//evil.example/x.js></SCRIPT>
<scr<script>ipt>alert(1)</scr</script>ipt>
<script/x>alert(1)</script>
<img src=x onerror=alert(1)>
<img src=`x` onerror=`alert(1)`>
<img/src='x'/onerror=alert(1)>
<image src=x onerror=alert(1)>
<svg onload=alert(1)>
<svg><script>alert(1)</script></svg>
<svg><animate onbegin=alert(1) attributeName=x dur=1s>
<svg><use href="data:image/svg+xml;base64,PHN2Zz48L3N2Zz4="/></svg>
<svg></p><style><a id="</style><img src=1 onerror=alert(1)>">
<math><mtext><table><mglyph><style><img src=x onerror=alert(1)></style></mglyph></table></mtext></math>
<math><mi//xlink:href="data:x,<script>alert(1)</script>">
<noscript><p title="</noscript><img src=x onerror=alert(1)>">
<style>@import '//evil.example/x.css';</style>
<style><img src="</style><img src=x onerror=alert(1)//">
<link rel=stylesheet href=//evil.example/x.css>
<meta http-equiv=refresh content="0;url=//evil.example">
<base href=//evil.example/>
<iframe src=javascript:alert(1)></iframe>
<iframe srcdoc="<script>alert(1)</script>">
<object data=javascript:alert(1)></object>
<embed src=javascript:alert(1)>
<form action=javascript:alert(1)><input type=submit></form>
<button formaction=javascript:alert(1)>X</button>
<input autofocus onfocus=alert(1)>
<select onfocus=alert(1) autofocus>
<textarea autofocus onfocus=alert(1)>
<details open ontoggle=alert(1)>
<video><source onerror=alert(1)></video>
<audio src=x onerror=alert(1)>
<body onload=alert(1)>
<marquee onstart=alert(1)>
<table background=javascript:alert(1)>
<div style="background:url(javascript:alert(1))">
<div style="width:expression(alert(1))">
<p onclick=alert(1)>klik</p>
<p dir="auto" onmouseover="alert(1)">over</p>
<a href=javascript:alert(1)>x</a>
<a href="JaVaScRiPt:alert(1)">x</a>
<a href="java&#x09;script:alert(1)">x</a>
<a href="&#106;avascript:alert(1)">x</a>
<a href="data:text/html,<script>alert(1)</script>">x</a>
<a href="vbscript:msgbox(1)">x</a>
<a href="//evil.example">x</a>
<a href="http://a" onclick=alert(1)>x</a>
<a name=body id=cookie>x</a>
</p><script>alert(1)</script><p>
"><script>alert(1)</script>
'><script>alert(1)</script>
--><script>alert(1)</script>
]]><script>alert(1)</script>
<!--<img src="--><img src=x onerror=alert(1)//">
<![CDATA[<script>alert(1)</script>]]>
<?xml version="1.0"?><script>alert(1)</script>
<!DOCTYPE html><script>alert(1)</script>
&lt;script&gt;alert(1)&lt;/script&gt;
&#60;script&#62;alert(1)&#60;/script&#62;
&amp;lt;script&amp;gt;alert(1)
&#x3c;img src=x onerror=alert(1)&#x3e;
＜script＞alert(1)＜/script＞
<scr\x00ipt>alert(1)</scr\x00ipt>
<\x00script>alert(1)</script>
\U0010f0d1script\U0010f0d2alert(1)
\ufdd1script\ufdd2alert(1)
http://a"onmouseover=alert(1)//
http://a'onmouseover='alert(1)
http://a<script>alert(1)</script>
http://a/&quot;onmouseover=&quot;alert(1)
http://a`onerror=alert(1)`
https://a\u202emoc.live
javascript:alert(1)
JAVASCRIPT://%0aalert(1)
data:text/html;base64,PHNjcmlwdD4=
http:javascript:alert(1)
http://javascript:alert(1)@evil.example
http://[::1
http://]:[
https://%ff%fe@evil.example/<b>
<a href="http://ok.example">http://evil.example</a>
<x contenteditable onblur=alert(1)>x
<template><script>alert(1)</script></template>
<xmp><script>alert(1)</script></xmp>
<plaintext><script>alert(1)
<bdo dir=rtl>tekst</bdo>
\u2028<script>alert(1)</script>
<<script>alert(1)//<</script>
<a\thref="javascript:alert(1)">x</a>
<p><p><p></p></p></p></div></body></html>
""".strip().split("\n")
ATTACKS += ["<script\n>alert(1)</script\n>", "<a\nhref=javascript:alert(1)>x</a>", "http://a\n<b>"]


class Reader(HTMLParser):
    """Reads as a browser would and refuses what is not on the list."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in ALLOWED, tag
        assert {name for name, _ in attrs} <= ALLOWED[tag], attrs
        for name, value in attrs:
            if name == "href":
                assert unescape(value or "").lower().startswith(("http://", "https://"))
                self.links.append(unescape(value or ""))
            if name == "rel":
                assert value == LINK_REL

    handle_startendtag = handle_starttag

    def handle_comment(self, data: str) -> None:
        raise AssertionError(data)

    handle_decl = unknown_decl = handle_pi = handle_comment


def read(html: str) -> Reader:
    reader = Reader()
    reader.feed(html)
    reader.close()
    html.encode()
    return reader


def test_there_are_enough_attacks() -> None:
    assert len(set(ATTACKS)) >= 60


@pytest.mark.parametrize("attack", ATTACKS)
def test_an_attack_is_shown_as_the_text_it_is(attack: str) -> None:
    for text in (attack, f"Før\n\n{attack}\nefter", attack * 3):
        html = to_html(text)
        read(html)
        assert html.startswith('<p dir="auto">')


@settings(deadline=None, max_examples=300)
@given(
    st.one_of(
        st.text(),
        st.lists(st.sampled_from(ATTACKS + ["\n", "\n\n", "http://", "<p>", "&", '"'])).map(
            "".join
        ),
    )
)
def test_no_text_makes_a_tag_outside_the_list(text: str) -> None:
    read(to_html(text))
    read(to_html(text[::-1]))


def test_paragraphs_and_breaks_are_kept() -> None:
    assert to_html("Et\nto\n\ntre") == '<p dir="auto">Et<br>to</p><p dir="auto">tre</p>'


def test_nothing_written_is_nothing_shown() -> None:
    assert to_html(" \u200b\n ") == ""


def test_what_looks_like_html_is_read_as_written() -> None:
    assert to_html("5 < 6 & \"7\" > 'x' &amp;") == (
        '<p dir="auto">5 &lt; 6 &amp; "7" &gt; \'x\' &amp;amp;</p>'
    )


@pytest.mark.parametrize(
    ("text", "link"),
    [
        ("Se https://egedal.example/a?b=1&c=2.", "https://egedal.example/a?b=1&c=2"),
        ("(http://a.example/x)", "http://a.example/x"),
        ("https://da.example/A_(b)", "https://da.example/A_(b)"),
        ("HTTPS://A.EXAMPLE/æøå!", "HTTPS://A.EXAMPLE/æøå"),
        ("før http://a.example, efter", "http://a.example"),
    ],
)
def test_an_address_becomes_a_link_that_shows_where_it_leads(text: str, link: str) -> None:
    html = to_html(text)
    assert read(html).links == [link]
    assert f">{link.replace('&', '&amp;')}</a>" in html


@pytest.mark.parametrize("text", ["www.egedal.example", "kim@egedal.example", "http://", "ftp://a"])
def test_nothing_else_becomes_a_link(text: str) -> None:
    assert read(to_html(text)).links == []


def test_a_wall_of_links_is_text_after_the_first_hundred() -> None:
    html = to_html("http://a.example " * 150)
    assert len(read(html).links) == MOST_LINKS
    assert html.count("http://a.example") == 150 + MOST_LINKS


def test_many_lines_are_all_there() -> None:
    html = to_html("a\n" * 5_000)
    assert html.count("a<br>") == MOST_BREAKS
    assert html.count("a\n") == 4_999 - MOST_BREAKS


def test_an_excerpt_ends_with_a_sentence_when_there_is_one() -> None:
    text = "Jeg ventede i tre måneder. Så ringede de. " + "Bagefter gik det stærkt. " * 20
    shown = excerpt(text, 80)
    assert shown == "Jeg ventede i tre måneder. Så ringede de. Bagefter gik det stærkt. …"


def test_an_excerpt_never_cuts_a_word() -> None:
    shown = excerpt("ord " * 100, 50)
    assert len(shown) <= 50
    assert shown.endswith("ord …")


def test_a_short_text_is_its_own_excerpt() -> None:
    assert excerpt("Kort\nog godt.") == "Kort og godt."


@settings(deadline=None, max_examples=200)
@given(st.text(), st.integers(10, 300))
def test_an_excerpt_is_never_longer_than_asked(text: str, length: int) -> None:
    assert len(excerpt(text, length)) <= length


@pytest.mark.parametrize("cluster", ["e\u0323\u0301", "👩\u200d👩\u200d👧", "☝🏽\u200d🔥"])
@pytest.mark.parametrize("length", range(20, 27))
def test_an_excerpt_keeps_letters_with_marks_and_emoji_whole(cluster: str, length: int) -> None:
    text = clean(cluster * 50)
    kept = excerpt(text, length).removesuffix(" …")
    after = text[len(kept)]
    assert text.startswith(kept)
    assert not unicodedata.category(after).startswith("M")
    assert "\u200d" not in (kept[-1], after)
