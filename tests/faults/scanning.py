"""Looking for somebody's words in bytes, however they may be written there."""

import base64
import json
from collections.abc import Iterable, Iterator
from typing import Final

_BASE64: Final = 3
"""Bytes that base64 takes at a time: where a word begins within them decides how it is written."""


def found(words: Iterable[str], where: bytes) -> list[str]:
    """Which of the words are there: as written, in small letters or in capitals."""
    return sorted({word for word in words if any(form in where for form in set(forms(word)))})


def forms(word: str) -> Iterator[bytes]:
    """In UTF-8 and UTF-16, as JSON escapes it, in base64, and in hexadecimal digits, as PostgreSQL shows bytes."""
    for told in (word, word.lower(), word.upper()):
        yield told.encode()
        yield told.encode("utf-16-le")
        yield json.dumps(told)[1:-1].encode()
        yield told.encode().hex().encode()
        yield from _encoded(told.encode())


def _encoded(word: bytes) -> Iterator[bytes]:
    """Both alphabets, without the ends, which depend on what stands beside the word."""
    for before in range(_BASE64):
        whole = base64.b64encode(b"\0" * before + word + b"\0" * _BASE64)
        first = -(-before * 4 // _BASE64)
        last = (before + len(word)) * 4 // _BASE64
        part = whole[first:last]
        yield part
        yield part.translate(bytes.maketrans(b"+/", b"-_"))
