"""The strategy that everything else in the product points at, and what staff write around it."""

from cocreate.themes.models.corrigenda import Corrigendum, CorrigendumStands
from cocreate.themes.models.editions import (
    AdoptedTextIsFixed,
    Edition,
    Passage,
)
from cocreate.themes.models.facts import Difficulty, Fact, RelatedPolicy
from cocreate.themes.models.pages import EditorialPage, StrategyPage, ThemePage
from cocreate.themes.models.strategy import Guideline, Strategy, Theme

__all__ = [
    "AdoptedTextIsFixed",
    "Corrigendum",
    "CorrigendumStands",
    "Difficulty",
    "Edition",
    "EditorialPage",
    "Fact",
    "Guideline",
    "Passage",
    "RelatedPolicy",
    "Strategy",
    "StrategyPage",
    "Theme",
    "ThemePage",
]
