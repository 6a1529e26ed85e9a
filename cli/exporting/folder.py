"""The folder that an export is written to: for the account alone that asked for it, each file with its hash."""

import csv
import hashlib
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO, Any, Final, Self

from cli.importing.table import escaped

SUMS: Final = "SHA256SUMS"
_PIECE: Final = 2**20


class NotEmpty(ValueError):
    """Something is there already."""


class ColumnMissing(ValueError):
    """A row says what its table has no column for."""


class Folder:
    """Files are open until the folder is left; then their hashes are written beside them."""

    def __init__(self, path: Path) -> None:
        """Raises NotEmpty, OSError."""
        if path.exists() and any(path.iterdir()):
            raise NotEmpty(f"{path.name} is not empty: name a new folder.")
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.chmod(0o700)
        self.path = path
        self._files = ExitStack()
        self._written: list[str] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._files.close()

    def table(self, name: str, columns: Sequence[str]) -> "TableFile":
        file = self._files.enter_context(self._opened(name, "w"))
        return TableFile(file, columns)

    def text(self, name: str, words: str) -> None:
        with self._opened(name, "w") as file:
            file.write(words)

    def lines(self, name: str, lines: Iterator[str]) -> None:
        with self._opened(name, "w") as file:
            file.writelines(line + "\n" for line in lines)

    async def pieces(self, name: str, pieces: AsyncIterator[bytes]) -> None:
        with self._opened(name, "wb") as file:
            async for piece in pieces:
                file.write(piece)

    def content(self, name: str, content: bytes) -> None:
        with self._opened(name, "wb") as file:
            file.write(content)

    def seal(self) -> None:
        """As `sha256sum --check` reads it."""
        self._files.close()
        sums = [f"{_sha256(self.path / name)}  {name}" for name in sorted(self._written)]
        self.lines(SUMS, iter(sums))

    @contextmanager
    def _opened(self, name: str, mode: str) -> Iterator[IO[Any]]:
        path = self.path / name
        path.parent.mkdir(mode=0o700, exist_ok=True)
        path.touch(mode=0o600)
        self._written.append(name)
        text: dict[str, Any] = {} if "b" in mode else {"encoding": "utf-8", "newline": ""}
        with path.open(mode, **text) as file:
            yield file


class TableFile:
    """A CSV file with these columns. What a spreadsheet would run begins with `'`, as everywhere."""

    def __init__(self, file: IO[str], columns: Sequence[str]) -> None:
        self._columns, self._writer = columns, csv.writer(file, lineterminator="\n")
        self._writer.writerow(columns)

    def add(self, row: Mapping[str, str]) -> None:
        """Raises ColumnMissing."""
        if astray := sorted(row.keys() - set(self._columns)):
            raise ColumnMissing(
                f"A new kind of fact came meanwhile ({', '.join(astray)}): export again, into a new folder."
            )
        self._writer.writerow([escaped(row.get(name, "")) for name in self._columns])


def _sha256(path: Path) -> str:
    passed = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            passed.update(piece)
    return passed.hexdigest()
