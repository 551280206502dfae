"""All addresses of the product, and how to fill them in."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver


@dataclass(frozen=True)
class Route:
    """`path` as Django writes it, without a language prefix; `names` its parameters."""

    path: str
    names: tuple[str, ...]

    def fill(self, **values: object) -> str:
        filled = self.path
        for name in self.names:
            filled = filled.replace(f"<{name}>", str(values[name.rpartition(":")[2]]))
        return "/" + filled


def routes() -> list[Route]:
    found = {route.path: route for route in _walk(get_resolver().url_patterns, "")}
    return [found[path] for path in sorted(found)]


def is_wagtails_admin(route: Route) -> bool:
    return route.path.startswith("admin/")


def _walk(patterns: list[URLPattern | URLResolver], prefix: str) -> Iterator[Route]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = "" if _is_language(pattern) else str(pattern.pattern)
            yield from _walk(pattern.url_patterns, prefix + inner)
        else:
            path = prefix + str(pattern.pattern)
            names = tuple(part.split(">")[0] for part in path.split("<")[1:])
            yield Route(path, names)


def _is_language(resolver: URLResolver) -> bool:
    return type(resolver.pattern).__name__ == "LocalePrefixPattern"
