"""RATING: a number of stars, as one of five options that can't be changed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from icosa.fields.base import Examples, Option
from icosa.fields.select import Select

STARS: Final = (1, 2, 3, 4, 5)
VALUES: Final = tuple(f"RATING_{stars}" for stars in STARS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rating(Select):
    """A SELECT whose options are given."""

    kind = "RATING"
    label = "rating"
    summary = "One to five stars: `RATING_1` to `RATING_5`."
    examples = Examples(
        valid=(("RATING_1", "RATING_1"), ("RATING_5", "RATING_5"), (None, None)),
        invalid=(
            (
                "RATING_6",
                (
                    'Invalid value "RATING_6" for field "f". '
                    "Valid values are: RATING_1, RATING_2, RATING_3, RATING_4, RATING_5"
                ),
            ),
            (5, 'Invalid string value 5 for text field "f"'),
            ({}, 'Invalid string value {} for text field "f"'),
        ),
        options=tuple(
            Option(id=str(stars), value=f"RATING_{stars}", label=str(stars), position=stars - 1)
            for stars in STARS
        ),
    )
