"""What somebody does in the guide at /fortael/, page by page."""

from collections.abc import Sequence

from tests.browser.window import Window

START = "/fortael/"
ON = 'main .acts button[value="next"]'
STOP = 'main .acts button[value="stop"]'


def go_on(window: Window) -> None:
    with window.page.expect_navigation():
        window.press(ON)


def begin(window: Window, about: str = "self") -> list[str]:
    """From the first page, which is open, to the second; the words of the code that stand there."""
    window.tick("about", about)
    go_on(window)
    return window.code


def tell(window: Window, text: str, scopes: Sequence[str] = ("show", "analyse")) -> list[str]:
    """From the first page, which is open, to the receipt."""
    code = begin(window)
    window.write("text", text)
    for _ in range(3):
        go_on(window)
    window.tick("consents", *scopes)
    go_on(window)
    go_on(window)
    assert window.code == code
    return code
