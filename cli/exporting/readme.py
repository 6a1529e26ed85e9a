"""What whoever opens an export is told of it."""

from collections.abc import Iterator
from typing import Final

from cli.exporting.tables import ADDRESSES, EXPORTED, HOMES, PEOPLE
from cli.importing.template import OF_THE_ROW

_BEFORE: Final = """\
# An export of Casework

**This folder holds personal data**, also about health, hate and crimes. Keep it where only those can read it who
may, send it encrypted, and delete it when it has done its work.

Tables are CSV in UTF-8. Moments have their offset. Several values in one cell have `;` between them, what has
parts is JSON. A cell that a spreadsheet would run begins with `'`; `casework import` takes that off again.

- `timelines/<reference>.jsonl`: every entry, one a line, with its hashes, of cases and of what is beside them.
  `casework verify --file` checks one without our database. What retention erased is null.
- `SHA256SUMS`: the hash of every file. `sha256sum --check SHA256SUMS` compares them.
- `cases.csv`: a row for each fact, as `casework import` reads it. Import it with `--people people.csv`.
  Who may see a case comes with it, but for emergency access, which lasts some hours, and whether somebody took
  that without a good reason.
"""


def readme() -> str:
    return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    yield from _BEFORE.splitlines()
    yield f"  Every row has {', '.join(f'`{name}`' for name in OF_THE_ROW)}; the others are what a fact says."
    yield "- `people.csv`: whoever is on these cases."
    yield f"  Its columns: {', '.join(f'`{name}`' for name in PEOPLE)}."
    yield f"- `{ADDRESSES}`: where these people lived, and when, up to now."
    yield f"  Its columns: {', '.join(f'`{name}`' for name in HOMES)}."
    for one in EXPORTED:
        yield f"- `{one.file}`: {one.says}"
        yield f"  Its columns: {', '.join(f'`{name}`' for name in one.columns)}."
