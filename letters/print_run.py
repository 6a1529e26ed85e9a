"""One print job out of many letters: a cover, and before each letter a sheet that says which it is."""

import datetime as dt
import json
from asyncio import to_thread
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from letters.joining import Joining
from letters.typesetting import typeset

_TEMPLATE: Final = Path(__file__).parent / "print-run.typ"


@dataclass(frozen=True)
class Bulk:
    """`printed` are number, reference and id of each letter; `by_hand` and `left_out` are references."""

    landlord: str
    made_on: dt.date
    printed: Sequence[tuple[int, str, str]]
    by_hand: Sequence[str]
    left_out: Sequence[str]


async def print_job(bulk: Bulk, pdf_of: Callable[[str], Awaitable[bytes]]) -> AsyncIterator[bytes]:
    """The PDF piece by piece: one letter at a time is in memory. The same letters give the same bytes; one that
    has been erased meanwhile is left out.
    """
    joining = Joining()
    yield await to_thread(joining.begin, _cover(bulk))
    for number, reference, id_ in bulk.printed:
        if pdf := await pdf_of(id_):
            sheet = await to_thread(_separator, bulk, number, reference)
            yield await to_thread(joining.add, sheet)
            yield await to_thread(joining.add, pdf)
    yield joining.end()


def _cover(bulk: Bulk) -> bytes:
    """References and numbers: whoever passes the printer learns of nobody."""
    parts = [
        _part(
            f"In this pile: {len(bulk.printed)}",
            "Post each in its own envelope, then say so.",
            [f"{number}. {reference}" for number, reference, _ in bulk.printed],
        ),
        _part(f"Not in this pile: {len(bulk.by_hand)}", _BY_HAND, bulk.by_hand),
        _part(f"Not to be posted any more: {len(bulk.left_out)}", _LEFT_OUT, bulk.left_out),
    ]
    page = {"kind": "cover", "title": "Letters to post", "parts": [one for one in parts if one["lines"]]}
    return _set(bulk, page)


_BY_HAND: Final = "Something must be done by hand first, as the case says."
_LEFT_OUT: Final = "If one was printed before, take it out and destroy it."


def _part(heading: str, words: str, lines: Sequence[str]) -> dict[str, object]:
    return {"heading": heading, "words": words, "lines": list(lines)}


def _separator(bulk: Bulk, number: int, reference: str) -> bytes:
    page = {"kind": "separator", "title": f"Letter {number}", "reference": reference, "number": number}
    return _set(bulk, page | {"count": len(bulk.printed)})


def _set(bulk: Bulk, page: Mapping[str, object]) -> bytes:
    told = json.dumps({**page, "author": bulk.landlord}, ensure_ascii=False)
    return typeset(told, bulk.made_on, _TEMPLATE)[0]
