"""A form with files is read part by part, and whatever is wrong with it is said."""

import asyncio

import pytest
from fastapi import Request

from api import arriving
from api.problems import ProblemRaised
from pages.form import MOST_BYTES
from pages.multipart import MOST_PARTS, Parts, fields_first

HEAD = {"words": 'form-data; name="words"', "file": 'form-data; name="files"; filename="p\u00e4ck.txt"'}


def part(kind: str, content: bytes) -> bytes:
    return f"--b\r\nContent-Disposition: {HEAD[kind]}\r\n\r\n".encode() + content + b"\r\n"


END = b"--b--\r\n"


def sent(
    body: bytes,
    said: str = "multipart/form-data; boundary=b",
    most: int = 2 * 10**6,
    piece: int = 7,
    seconds: float = 0,
) -> Parts:
    """As it comes from a line, a few bytes at a time."""
    pieces = [body[at : at + piece] for at in range(0, len(body), piece)]

    async def receive() -> dict[str, object]:
        await asyncio.sleep(seconds)
        more = len(pieces) > 1
        return {"type": "http.request", "body": pieces.pop(0) if pieces else b"", "more_body": more}

    scope = {"type": "http", "method": "POST", "headers": [(b"content-type", said.encode())]}
    return Parts(Request(scope, receive), most)


async def read(parts: Parts) -> tuple[dict[str, list[str]], list[tuple[str | None, bytes]]]:
    each = parts.each()
    said, one = await fields_first(each)
    files = []
    while one is not None:
        files.append((one.file_name, b"".join([piece async for piece in one])))
        one = await anext(each, None)
    return said, files


@pytest.mark.parametrize("piece", [1, 7, 10**6])
async def test_words_and_files_come_as_they_were_sent(piece: int) -> None:
    body = part("words", "Sch\u00f6n.\r\n-b".encode()) + part("file", b"a\r\n\r\nb") + part("file", b"") + END
    assert await read(sent(body, piece=piece)) == (
        {"words": ["Sch\u00f6n.\r\n-b"]},
        [("p\u00e4ck.txt", b"a\r\n\r\nb"), ("p\u00e4ck.txt", b"")],
    )


async def test_a_form_that_drips_in_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(arriving, "START_SECONDS", 0.1)
    with pytest.raises(ProblemRaised) as raised:
        await read(sent(part("file", b"x" * 500) + END, piece=1, seconds=0.01))
    assert raised.value.problem.status == 408


async def test_what_nobody_took_is_passed_over() -> None:
    each = sent(part("file", b"x" * 1000) + part("words", b"After.") + END).each()
    names = [one.name async for one in each]
    assert names == ["files", "words"]


WRONG = {
    "no form": (b"{}", "application/json", 422),
    "no boundary": (b"", "multipart/form-data", 422),
    "cut off": (part("file", b"x")[:-20], "multipart/form-data; boundary=b", 422),
    "another boundary": (part("words", b"x") + END, "multipart/form-data; boundary=c", 422),
    "NUL": (part("words", b"a\0b") + END, "multipart/form-data; boundary=b", 422),
    "no text": (part("words", b"\xff") + END, "multipart/form-data; boundary=b", 422),
    "words too long": (part("words", b"x" * (MOST_BYTES + 1)) + END, "multipart/form-data; boundary=b", 413),
    "too many parts": (part("words", b"x") * (MOST_PARTS + 1) + END, "multipart/form-data; boundary=b", 413),
    "too large": (part("file", b"x" * 2 * 10**6) + END, "multipart/form-data; boundary=b", 413),
}


@pytest.mark.parametrize("what", WRONG)
async def test_what_is_no_form_or_too_much_is_said_so(what: str) -> None:
    body, said, status = WRONG[what]
    with pytest.raises(ProblemRaised) as raised:
        await read(sent(body, said, piece=5000))
    assert raised.value.problem.status == status
