"""`make screenshots`: every page and every state of it at 360 and 1280 px, light and dark.

Serves the product with demonstration data on a database of its own, and stops it afterwards.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from socket import socket
from typing import TYPE_CHECKING
from urllib.error import URLError

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from tests.browser.place import Place
    from tests.browser.sights import Sight
    from tests.browser.window import Window

HERE = Path(__file__).resolve().parent.parent
FOLDER = HERE / "screenshots"
WIDTHS = {360: 640, 1280: 900}
WALL_WIDTHS = {**WIDTHS, 1920: 1080}
# Longer pages are cut: nobody looks at more at once.
TALLEST = 6000
LONGEST_START = 180
Cookies = dict[str, list[dict[str, object]]]


def free_port() -> int:
    with socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def served(scratch: Path) -> Iterator[str]:
    """The address of the product, started the way `make run` starts it."""
    site = f"http://localhost:{free_port()}"
    with (scratch / "server.log").open("w") as log:
        server = subprocess.Popen(
            [sys.executable, "manage.py", "serve", "--port", site.rpartition(":")[2]],
            cwd=HERE,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        try:
            wait_for(site, server)
            yield site
        finally:
            server.terminate()
            try:
                server.wait(5)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait()


def wait_for(site: str, server: "subprocess.Popen[bytes]") -> None:
    until = time.monotonic() + LONGEST_START
    while time.monotonic() < until and server.poll() is None:
        try:
            with urllib.request.urlopen(f"{site}/readyz", timeout=5):  # noqa: S310 - our own
                return
        except (URLError, OSError):
            time.sleep(0.5)
    raise SystemExit("The product did not start; run `make run` to see why.")


def furnished(scratch: Path) -> "Place":
    """The same database, seen from here, gets what the demonstration lacks."""
    import django

    django.setup()
    from tests.browser.place import furnish, person
    from tests.browser.workshops import hold_workshops

    place = furnish(lambda: (scratch / "server.log").read_text(encoding="utf-8"))
    hold_workshops(place, by=person("lene"), host=person("farid"))
    return place


def signed_in(browser: "Browser", site: str, people: set[str]) -> Cookies:
    """The session of each of these of the demonstration cast, entered at /konto/demo/."""
    from tests.browser.window import Window

    cookies: Cookies = {"": []}
    for key in sorted(people - {""}):
        with Window(browser, site) as window:
            window.open("/konto/demo/")
            window.page.get_by_label(re.compile(f"^{key}", re.IGNORECASE)).check()
            window.press()
            cookies[key] = list(window.context.cookies())  # type: ignore[arg-type]
    return cookies


def take(window: "Window", name: str, widths: dict[int, int] = WIDTHS) -> None:
    """One visit, a picture in light and in dark of each width: the page itself does not change with
    the window."""
    for width, height in widths.items():
        window.page.set_viewport_size({"width": width, "height": height})
        for scheme in ("light", "dark"):
            window.page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            tall = min(int(window.page.evaluate("document.body.scrollHeight")), TALLEST)
            window.page.screenshot(
                path=FOLDER / f"{name}-{width}-{scheme}.png",
                full_page=True,
                clip={"x": 0, "y": 0, "width": width, "height": max(tall, height)},
            )


def broken(browser: "Browser", site: str) -> None:
    """The page that comes when we have broken down, which no address leads to."""
    from django.template.loader import render_to_string

    from tests.browser.window import Window

    for name in ("500", "503"):
        page = render_to_string(f"{name}.html")
        with Window(browser, site) as window:
            window.context.route(
                f"**/{name}/",
                # The request comes as the second argument.
                lambda route, _request, body=page: route.fulfill(body=body, status=200),
            )
            window.open(f"/{name}/")
            take(window, name)


def photograph(browser: "Browser", site: str, place: "Place", chosen: "list[Sight]") -> list[str]:
    """Says which could not be reached, and goes on with the others."""
    from playwright.sync_api import Error

    from tests.browser.window import Window

    cookies, missed = signed_in(browser, site, {sight.by for sight in chosen}), []
    for number, sight in enumerate(chosen, 1):
        print(f"{number:3}/{len(chosen)} {sight.name}", flush=True)
        with Window(browser, site) as window:
            window.context.add_cookies(cookies[sight.by])  # type: ignore[arg-type]
            try:
                sight.reach(window, place)
                take(window, sight.name, WALL_WIDTHS if sight.wall else WIDTHS)
            except (Error, AssertionError) as error:
                missed.append(f"{sight.name}: {str(error).splitlines()[0]}")
    broken(browser, site)
    return missed


def main() -> int:
    scratch = Path(tempfile.mkdtemp(prefix="cocreate-screenshots-"))
    os.environ.update(DJANGO_SETTINGS_MODULE="cocreate.settings.dev", VAR_DIR=str(scratch))
    os.environ.pop("DATABASE_URL", None)
    # Some sights change rows while a window is open, and Playwright keeps an event loop here.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    FOLDER.mkdir(exist_ok=True)
    try:
        print("Starting the product with demonstration data …", flush=True)
        with served(scratch) as site:
            place = furnished(scratch)
            from tests.browser.board_sights import board_sights
            from tests.browser.chain_sights import chain_sights
            from tests.browser.code_sights import code_sights
            from tests.browser.sights import at, sights
            from tests.browser.window import chromium

            wanted = set(sys.argv[1:])
            demo = at("konto-demo", "/konto/demo/")
            known = [*sights(), *board_sights(), *chain_sights(), *code_sights(), demo]
            chosen = [sight for sight in known if not wanted or sight.name in wanted]
            with chromium() as browser:
                missed = photograph(browser, site, place, chosen)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    print(f"\nLook at {FOLDER.relative_to(HERE)}/ beside the look that was drawn.")
    for line in missed:
        print(f"Not reached: {line}")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
