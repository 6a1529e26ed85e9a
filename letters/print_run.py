"""One print job out of many letters: a cover, and before each letter a sheet that says which it is."""

import datetime as dt
import io
import json
from asyncio import to_thread
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

import pikepdf

from letters.typesetting import typeset

_TEMPLATE: Final = Path(__file__).parent / "print-run.typ"
_BY_HAND: Final = "Something must be done by hand first, as the case says."
_LEFT_OUT: Final = "If one was printed before, take it out and destroy it."


@dataclass(frozen=True)
class Bulk:
    """`printed` are number, reference and id of each letter; `by_hand` and `left_out` are references."""

    landlord: str
    made_on: dt.date
    printed: Sequence[tuple[int, str, str]]
    by_hand: Sequence[str]
    left_out: Sequence[str]


async def print_job(bulk: Bulk, pdf_of: Callable[[str], Awaitable[bytes]], into: BinaryIO) -> None:
    """Writes the PDF. The same letters give the same bytes; one that has been erased meanwhile is left out, with
    its sheet. Until it is written, each letter takes some 100 kB of memory. It is for paper: not tagged.
    """
    around = await to_thread(_around, bulk)
    with pikepdf.Pdf.open(io.BytesIO(around)) as sheets, pikepdf.new() as job:
        before = len(sheets.pages) - len(bulk.printed)
        job.pages.extend(sheets.pages[:before])
        for place, (_, _, id_) in enumerate(bulk.printed):
            if pdf := await pdf_of(id_):
                job.pages.append(sheets.pages[before + place])
                await to_thread(_add, job, pdf)
        await to_thread(job.save, into, deterministic_id=True)


def _add(job: pikepdf.Pdf, pdf: bytes) -> None:
    with pikepdf.open(io.BytesIO(pdf)) as letter:
        job.pages.extend(letter.pages)


def _around(bulk: Bulk) -> bytes:
    """References and numbers: whoever passes the printer learns of nobody."""
    numbered = [f"{number}. {reference}" for number, reference, _ in bulk.printed]
    parts = [
        _part("In this pile", "Post each in its own envelope, then say so.", numbered),
        _part("Not in this pile", _BY_HAND, bulk.by_hand),
        _part("Not to be posted any more", _LEFT_OUT, bulk.left_out),
    ]
    page = {
        "title": "Letters to post",
        "author": bulk.landlord,
        "parts": [one for one in parts if one["lines"]],
        "sheets": [{"number": number, "reference": reference} for number, reference, _ in bulk.printed],
    }
    return typeset(json.dumps(page, ensure_ascii=False), bulk.made_on, _TEMPLATE)[0]


def _part(heading: str, words: str, lines: Sequence[str]) -> dict[str, object]:
    return {"heading": f"{heading}: {len(lines)}", "words": words, "lines": list(lines)}
