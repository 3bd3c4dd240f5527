"""Which passages a slow model reads, after a fast one, its scout, has read them all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from factcheck.verdicts.combine import Combiner
from factcheck.verdicts.decide import DECIMALS


@dataclass(frozen=True, slots=True)
class Scouting:
    """The scout's combiner, and how many passages of each article it passes on for a claim.

    denials, supports: the most likely ones on either side. floor: the least probability with which a passage is on a side. What is
    not passed on keeps the scout's probabilities.
    """

    combiner: Combiner = field(default_factory=Combiner)
    denials: int = 4
    supports: int = 3
    floor: float = 0.0125

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> Scouting:
        """The reverse of :meth:`as_dict`. Raises KeyError, TypeError or ValueError for values that are none."""
        combiner = Combiner.from_dict(values["combiner"])
        return cls(combiner, int(values["denials"]), int(values["supports"]), float(values["floor"]))

    def as_dict(self) -> dict[str, Any]:
        """Plain values for JSON."""
        return {**asdict(self), "combiner": self.combiner.as_dict()}

    def telling(self, scores: Sequence[tuple[float, float]], names: Sequence[str], articles: Sequence[int]) -> list[int]:
        """Numbers of the passages of one claim that the slow model reads, ascending.

        scores: (supports, contradicts) by the scout; names: what tells passages of equal scores apart, whatever their order; articles:
        the article of each. Each article's passages are chosen by themselves: another article takes nothing from them.
        """
        chosen: set[int] = set()
        for article in set(articles):
            for side, most in enumerate((self.supports, self.denials)):
                near = [n for n, row in enumerate(scores) if articles[n] == article and row[side] >= self.floor]
                chosen.update(sorted(near, key=lambda n: (-round(scores[n][side], DECIMALS), names[n]))[:most])
        return sorted(chosen)
