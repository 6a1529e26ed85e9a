"""How another system's table becomes rows of the template: its columns, its codes, its dates."""

import tomllib
from collections.abc import Collection, Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from cli.importing.template import OF_THE_ROW, every_column

HAPPENED: Final = "happened"


class MappingNotUnderstood(ValueError):
    """Where, and what is wrong there."""


class Happening(BaseModel):
    """One of several happenings of which a row of the other system tells: it did happen where it has an `at`."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    happened: str
    columns: dict[str, str]
    always: dict[str, str] = Field(default_factory=dict)


class TheirTable(BaseModel):
    """`columns` names theirs and what each is called in the template, `values` their codes by our column (an empty
    one leaves the row out), `always` what every row says that does not say otherwise.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    source: str | None = None
    encoding: str | None = None
    delimiter: str = Field(default=",", min_length=1, max_length=1)
    separator: str = Field(default=";", min_length=1)
    dates: tuple[str, ...] = ()
    time_zone: str = "Europe/London"
    columns: dict[str, str] = Field(default_factory=dict)
    values: dict[str, dict[str, str]] = Field(default_factory=dict)
    always: dict[str, str] = Field(default_factory=dict)
    happenings: tuple[Happening, ...] = ()

    @field_validator("time_zone")
    @classmethod
    def _is_known(cls, name: str) -> str:
        try:
            ZoneInfo(name)
        except (LookupError, ValueError, OSError):
            raise ValueError("is no time zone, such as Europe/London") from None
        return name

    def case_column(self) -> str:
        """What they call the column with the case's reference."""
        return next((theirs for theirs, ours in self.columns.items() if ours == "case"), "case")

    def names(self) -> frozenset[str]:
        """Their columns of which something is made."""
        return frozenset(self.columns) | {name for one in self.happenings for name in one.columns}

    def makes(self, wanted: Collection[str]) -> frozenset[str]:
        """Their columns of which one of these columns of the template is made."""
        tables = (self.columns, *(one.columns for one in self.happenings))
        named = {theirs for table in tables for theirs, ours in table.items() if ours in wanted}
        return frozenset(named) | (self._as_it_is & frozenset(wanted))

    @cached_property
    def _as_it_is(self) -> frozenset[str]:
        """Columns of the template that they call as we do."""
        return every_column() - self.names()

    def told(self, cells: Mapping[str, str]) -> "Iterator[SaidOf]":
        """Rows of the template, of which none has an empty cell. Where a row tells of several happenings, what it
        says of none of them in particular counts for those that can say it; an `id` names one alone.
        """
        ours = {name: cell for name, cell in cells.items() if name in self._as_it_is}
        common = ours | self._renamed(self.columns, cells)
        if not self.happenings:
            yield self._said(common, self.always)
        of_the_row = {name: cell for name, cell in common.items() if name in OF_THE_ROW and name != "id"}
        for one in self.happenings:
            told = of_the_row | self._renamed(one.columns, cells)
            if told.get("at", "").strip():
                shared = self._said({n: cell for n, cell in common.items() if n not in OF_THE_ROW}, {}).cells
                yield self._said(told | {HAPPENED: one.happened}, self.always | shared | one.always)

    @staticmethod
    def _renamed(columns: Mapping[str, str], cells: Mapping[str, str]) -> dict[str, str]:
        return {ours: cells[theirs] for theirs, ours in columns.items() if theirs in cells}

    def _said(self, told: Mapping[str, str], always: Mapping[str, str]) -> "SaidOf":
        """A code of theirs that is not listed stays as it is: it may be ours."""
        coded = {}
        for ours, cell in told.items():
            codes, plain = self.values.get(ours, {}), cell.strip()
            if plain in codes and not codes[plain] and ours == HAPPENED:
                return SaidOf(cells={}, always={}, left_out=True)
            coded[ours] = codes.get(plain, plain)
        return SaidOf(cells={ours: cell for ours, cell in coded.items() if cell}, always=dict(always))


class SaidOf(NamedTuple):
    """A row of the template; `always` counts where a fact of its kind can say it and the row does not."""

    cells: dict[str, str]
    always: dict[str, str]
    left_out: bool = False


def read_mapping(path: Path) -> TheirTable:
    """Raises MappingNotUnderstood, OSError."""
    try:
        return TheirTable.model_validate(tomllib.loads(path.read_text(encoding="utf-8-sig")))
    except UnicodeDecodeError:
        raise MappingNotUnderstood(f"{path.name} is not UTF-8.") from None
    except tomllib.TOMLDecodeError as wrong:
        raise MappingNotUnderstood(f"{path.name} is not TOML: {wrong}") from None
    except ValidationError as wrong:
        first = wrong.errors(include_url=False, include_input=False)[0]
        where = ".".join(str(part) for part in first["loc"])
        raise MappingNotUnderstood(f"{path.name}: {where}: {first['msg']}") from None
