"""Somebody with a browser and no script, at an address with TLS in front of it."""

from contextlib import closing
from dataclasses import dataclass, field
from http.client import HTTPConnection
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import urlencode, urljoin

from tests.stories.pages import filled


@dataclass
class Page:
    path: str
    status: int
    headers: dict[str, str]
    content: bytes

    @property
    def text(self) -> str:
        return self.content.decode()


@dataclass
class Visitor:
    port: int
    cookies: dict[str, str] = field(default_factory=dict)

    @property
    def origin(self) -> str:
        return f"https://127.0.0.1:{self.port}"

    def cookie(self) -> str:
        return "; ".join(f"{name}={value}" for name, value in self.cookies.items())

    def get(self, path: str) -> Page:
        return self._ask("GET", path)

    def sends(self, page: Page, action: str, **answers: Any) -> Page:
        """Fills in a form of the page and presses its button."""
        body = urlencode(filled(page, action, **answers), doseq=True)  # type: ignore[arg-type]
        return self._ask("POST", action, body)

    def _ask(self, method: str, path: str, body: str = "") -> Page:
        """Follows where it is sent, as a browser does."""
        headers = {"Cookie": self.cookie()}
        if body:
            kind = "application/x-www-form-urlencoded"
            headers |= {"Content-Type": kind, "Origin": self.origin}
        with closing(HTTPConnection("127.0.0.1", self.port, timeout=20)) as asked:
            asked.request(method, path, body or None, headers)
            answer = asked.getresponse()
            content = answer.read()
        for line in answer.headers.get_all("Set-Cookie", []):
            for name, cookie in SimpleCookie(line).items():
                assert cookie["secure"] and cookie["path"] == "/", line
                self.cookies[name] = cookie.value
        if answer.status in {301, 302, 303}:
            return self._ask("GET", urljoin(path, answer.headers["Location"]))
        named = {name.lower(): value for name, value in answer.getheaders()}
        return Page(path, answer.status, named, content)
