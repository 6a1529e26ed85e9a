"""Invented people at invented addresses in real wards, with Ofcom's telephone numbers for drama."""

import csv
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from random import Random
from typing import Any, Final

from policy.frozen import Frozen

_FIRST: Final = (
    *("Amara", "Bernard", "Chidi", "Dorota", "Efe", "Florence", "Gurpreet", "Hana", "Ines", "Jerome", "Kasia"),
    *("Leroy", "Mabel", "Nadia", "Owen", "Priya", "Rosa", "Sunil", "Tomasz", "Uma", "Valerie", "Winston", "Yusuf"),
)
_LAST: Final = (
    *("Applecrate", "Bluebellwood", "Chalkdown", "Ferrypoint", "Hopgarden", "Kilnfield", "Marshwick", "Oasthouse"),
    *("Pebblebank", "Shingleford", "Tidemill", "Weatherboard"),
)
_STREETS: Final = (
    "Cobnut Row",
    "Hop Pocket Close",
    "Invented Terrace",
    "Oast Walk",
    "Sample Court",
    "Specimen Way",
)


class Household(Frozen):
    """Who reports, whom about, and where."""

    they: str
    other: str
    number: int
    street: str
    ward: str
    district: str
    told_apart: int

    @property
    def names(self) -> Mapping[str, str]:
        key = self.district.lower().replace(" and ", "_").replace(" ", "_")
        said = {"they": self.they, "other": self.other, "street": self.street, "ward": self.ward}
        return said | {"district": key}

    @property
    def place(self) -> dict[str, Any]:
        return {"address": [self.street, self.ward, self.district], "ward": self.ward}

    @property
    def about(self) -> dict[str, Any]:
        home = [f"{self.number + 2} {self.street}", self.ward, self.district]
        return {"name": self.other, "standing": "tenant", "address": home}

    def complainant(self, prefers: str) -> dict[str, Any]:
        mail = f"{self.they.lower().replace(' ', '.')}.{self.told_apart}@example.org"
        return {
            "name": self.they,
            "standing": "tenant",
            "address": [f"{self.number} {self.street}", self.ward, self.district],
            "phone": f"07700 900{self.told_apart % 1000:03}",
            "prefers": prefers,
        } | ({"email": mail} if prefers == "email" else {})


def household(chance: Random, told_apart: int) -> Household:
    district, ward = chance.choice(wards())
    they, other = (f"{chance.choice(_FIRST)} {last}" for last in chance.sample(_LAST, 2))
    street, number = chance.choice(_STREETS), chance.randint(1, 88)
    return Household(
        they=they,
        other=other,
        number=number,
        street=street,
        ward=ward,
        district=district,
        told_apart=told_apart,
    )


@cache
def wards() -> tuple[tuple[str, str], ...]:
    """District and ward of seven districts of Kent. Office for National Statistics, through drkane/geo-lookups,
    under the Open Government Licence v3.0.
    """
    with files("cli.demonstration").joinpath("kent-wards.csv").open(encoding="utf-8") as lines:
        return tuple((line["district"], line["ward"]) for line in csv.DictReader(lines))
