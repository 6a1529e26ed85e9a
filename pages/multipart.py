"""A form with files, part by part as it comes: no more of it is held than one piece from the line. (RFC 7578)"""

from collections import deque
from collections.abc import AsyncIterator
from http import HTTPStatus
from typing import Final

from fastapi import Request
from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header

from api.arriving import in_time
from api.problems import ProblemRaised, problem
from pages.form import MOST_BYTES

MOST_PARTS: Final = 40
_MOST_HEADERS: Final = 16 * 1024


class Part:
    """A field, or a file where it has a `file_name`; that is empty where nobody chose one. Its bytes pass once."""

    def __init__(self, name: str, file_name: str | None, form: "Parts") -> None:
        self.name = name
        self.file_name = file_name
        self.done = False
        self._form = form

    def __aiter__(self) -> AsyncIterator[bytes]:
        return self

    async def __anext__(self) -> bytes:
        piece = None if self.done else await self._form.piece()
        if piece is None:
            self.done = True
            raise StopAsyncIteration
        return piece


class Parts:
    """Raises 408, 413 for more than `most` bytes or too many parts, and 422 for what is no form."""

    def __init__(self, request: Request, most: int) -> None:
        said, options = parse_options_header(request.headers.get("content-type", ""))
        self._stream = in_time(request.stream())
        self._came: deque[Part | bytes | None] = deque()
        self._most, self._passed, self._parts = most, 0, 0
        self._headers: dict[bytes, bytes] = {}
        self._header = [b"", b""]
        self._whole = False
        try:
            if said != b"multipart/form-data" or not options.get(b"boundary"):
                raise FormParserError
            self._parser = MultipartParser(
                options[b"boundary"],
                {
                    "on_part_begin": self._begin,
                    "on_header_field": lambda data, start, end: self._add(0, data[start:end]),
                    "on_header_value": lambda data, start, end: self._add(1, data[start:end]),
                    "on_header_end": self._one_header,
                    "on_headers_finished": self._opened,
                    "on_part_data": lambda data, start, end: self._came.append(data[start:end]),
                    "on_end": self._end,
                    "on_part_end": lambda: self._came.append(None),
                },
            )
        except FormParserError:
            raise _no_form() from None

    async def each(self) -> AsyncIterator[Part]:
        """What nobody took of one part is passed over before the next."""
        while True:
            while not self._came:
                if not await self._read():
                    return
            part = self._came.popleft()
            if not isinstance(part, Part):
                raise _no_form()
            yield part
            async for _ in part:
                pass

    async def piece(self) -> bytes | None:
        """Of the part that is open; None at its end."""
        while not self._came:
            if not await self._read():
                raise _no_form()
        piece = self._came.popleft()
        if isinstance(piece, Part):
            raise _no_form()
        return piece

    async def _read(self) -> bool:
        chunk = await anext(self._stream, b"")
        self._passed += len(chunk)
        if self._passed > self._most:
            raise _too_much()
        try:
            self._parser.write(chunk)
        except FormParserError:
            raise _no_form() from None
        if not chunk and not self._whole:
            raise _no_form()
        return bool(chunk)

    def _end(self) -> None:
        self._whole = True

    def _begin(self) -> None:
        self._headers.clear()
        self._parts += 1
        if self._parts > MOST_PARTS:
            raise _too_much()

    def _add(self, which: int, piece: bytes) -> None:
        self._header[which] += piece
        if len(self._header[which]) > _MOST_HEADERS:
            raise _too_much()

    def _one_header(self) -> None:
        name, value = self._header
        self._headers[name.lower()] = value
        self._header = [b"", b""]

    def _opened(self) -> None:
        _, options = parse_options_header(self._headers.get(b"content-disposition", b""))
        named, file_name = options.get(b"name"), options.get(b"filename")
        if named is None:
            raise _no_form()
        self._came.append(Part(_text(named), None if file_name is None else _text(file_name), self))


async def fields_first(parts: AsyncIterator[Part]) -> tuple[dict[str, list[str]], Part | None]:
    """What was typed, and the first file, which comes after it in our forms. Raises 413 and 422."""
    said: dict[str, list[str]] = {}
    left = MOST_BYTES
    async for part in parts:
        if part.file_name is not None:
            return said, part
        value = bytearray()
        async for piece in part:
            value += piece
            left -= len(piece)
            if left < 0:
                raise _too_much()
        try:
            typed = value.decode()
        except UnicodeDecodeError:
            raise _no_form() from None
        if "\0" in typed:
            raise _no_form()
        said.setdefault(part.name, []).append(typed)
    return said, None


def _text(raw: bytes) -> str:
    return raw.decode("utf-8", "replace")


def _no_form() -> ProblemRaised:
    return problem(HTTPStatus.UNPROCESSABLE_ENTITY, "not-understood", "This is no form that we know.")


def _too_much() -> ProblemRaised:
    return problem(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "body-too-large", "This is more than we take at once.")
