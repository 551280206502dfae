"""Every refusal is said in a sentence of its own."""

import inspect
from collections.abc import Iterator

import pytest

from cocreate.contributions.viewer import STRANGER
from cocreate.insights import errors as of_insights
from cocreate.insights.refusals import refusal_of as of_insight
from cocreate.revisions import errors
from cocreate.revisions.refusals import refusal_of

NOTHING = "Nothing has been changed."


def made(module: object) -> Iterator[Exception]:
    """One of each, with what its sentence names."""
    for _name, error in inspect.getmembers(module, inspect.isclass):
        if not issubclass(error, Exception) or error.__name__ == "Refused":
            continue
        names = [one for one in inspect.signature(error.__init__).parameters if one != "self"]
        values = {"missing": ["frame"], "labels": ["Æ-01"], "passages": [], "public_ids": []}
        named = [name for name in names if name not in {"args", "kwargs"}]
        yield error(*[values.get(name, f"Æ-0{n}") for n, name in enumerate(named, 1)])


@pytest.mark.django_db
def test_each_has_its_sentence() -> None:
    # What a process lacks is said beside its fields.
    found = [one for one in made(errors) if not isinstance(one, errors.PromiseMissing)]
    said = [refusal_of(one, STRANGER).sentence for one in found]
    said += [of_insight(one, STRANGER).sentence for one in made(of_insights)]  # type: ignore[arg-type]
    assert len(said) > 25
    assert NOTHING not in said
    assert "" not in said
    twice = {sentence for sentence in said if said.count(sentence) > 1}
    assert twice == set()
