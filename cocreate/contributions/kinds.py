"""The kinds of voice. Each app registers its own in `ready()`: the one call upwards (design §3)."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.utils.functional import Promise

from cocreate.contributions.models import Contribution

# Page versions that age besides those of the kind: of pages above that speak of a contribution.
KeysAbove = Callable[[Contribution], list[str]]
Links = Callable[[Iterable[int]], dict[int, str]]
AfterChange = Callable[[Contribution, str, str], None]
PageKeys = Callable[[Contribution], list[str]]
WordsOf = Callable[[object], list[tuple[str, str]]]
HeldBy = Callable[[frozenset[int]], Sequence[object]]
Waits = Callable[[], timedelta]
Follow = Callable[[Sequence[Contribution]], Mapping[int, object]]


@dataclass(frozen=True)
class Names:
    """Of a kind whose author chooses what stands where a name could stand.

    levels: the choices; `without` is the one that needs no name.
    check: the sentence that says why a name cannot stand there, or "".
    """

    levels: Sequence[tuple[str, str | Promise]]
    without: str
    level_of: Callable[[Contribution], str]
    set_level: Callable[[Contribution, str], None]
    check: Callable[[str], str]


@dataclass(frozen=True)
class Kind:
    """What the layers below may ask of a kind.

    links: public address of each published contribution, for a set of ids, in one query.
    after_change: called inside the deciding transaction with the old and new state.
    page_keys: the page versions that age when a contribution of this kind changes.
    waits: so long from a host's yes to the moment it is shown; no time where there is none.
    """

    name: str
    label: Promise
    model: type[Contribution]
    links: Links
    after_change: AfterChange
    page_keys: PageKeys
    names: Names | None = None
    waits: Waits = timedelta


@dataclass(frozen=True)
class Holding:
    """What a code can hold besides contributions: a note on a live board is none before it is taken
    further.

    held_by: rows for these receipts; after one query none where there is nothing of the sort.
    template: shows them, as `rows`, among what somebody has sent.
    """

    held_by: HeldBy
    template: str
    # The words in a row of `held_by`, each with what it is, for its author's own copy.
    words_of: WordsOf | None = None


@dataclass(frozen=True)
class Sequel:
    """What an app above knows of what became of contributions.

    follow: something for each of them by its id, in a fixed number of queries.
    template: shows it, as `trail`, on the author's own page.
    """

    follow: Follow
    template: str


@dataclass(frozen=True)
class Followed:
    trail: object
    template: str


@dataclass(frozen=True)
class Held:
    rows: Sequence[object]
    template: str


_kinds: dict[str, Kind] = {}
_holdings: dict[str, Holding] = {}
_keys_above: list[KeysAbove] = []
_sequels: dict[str, Sequel] = {}


def register(kind: Kind) -> None:
    _kinds[kind.name] = kind


def register_holding(holding: Holding) -> None:
    _holdings[holding.template] = holding


def register_sequel(sequel: Sequel) -> None:
    _sequels[sequel.template] = sequel


def sequels(contributions: Sequence[Contribution]) -> dict[int, list[Followed]]:
    """What became of each, by its id."""
    found: dict[int, list[Followed]] = {}
    for sequel in _sequels.values():
        for pk, trail in sequel.follow(contributions).items():
            found.setdefault(pk, []).append(Followed(trail, sequel.template))
    return found


def register_keys_above(keys: KeysAbove) -> None:
    """For an app above that shows contributions of every kind on pages of its own."""
    _keys_above.append(keys)


def page_keys(contribution: Contribution) -> list[str]:
    """Every page version that ages when this contribution changes."""
    above = [key for keys in _keys_above for key in keys(contribution)]
    return [*kind_of(contribution).page_keys(contribution), *above]


def held_by(receipts: frozenset[int]) -> list[Held]:
    """What these receipts hold besides contributions; nothing, without a query, where none is open."""
    if not receipts:
        return []
    found = (Held(one.held_by(receipts), one.template) for one in _holdings.values())
    return [held for held in found if held.rows]


def words_held_by(receipts: frozenset[int]) -> list[list[tuple[str, str]]]:
    """The words of what these receipts hold besides contributions, for its author's own copy."""
    return [
        one.words_of(row)
        for one in _holdings.values()
        if one.words_of is not None and receipts
        for row in one.held_by(receipts)
    ]


def registered() -> list[Kind]:
    return list(_kinds.values())


def kind_of(contribution: Contribution) -> Kind:
    """Raises KeyError for a kind no app has registered."""
    return _kinds[contribution.kind]


def links(contributions: Iterable[Contribution]) -> dict[int, str]:
    """Addresses of a mixed list: one query per kind that is in it."""
    by_kind: dict[str, list[int]] = {}
    for contribution in contributions:
        by_kind.setdefault(contribution.kind, []).append(contribution.pk)
    found: dict[int, str] = {}
    for name, pks in by_kind.items():
        found |= _kinds[name].links(pks)
    return found
