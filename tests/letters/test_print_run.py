"""Many letters as one print job: each in full, with nothing between them that tells on anybody."""

import datetime as dt
import io
import re
import subprocess
import sys
from dataclasses import replace
from itertools import pairwise

import pikepdf

from letters.compose import DEMO_LANDLORD, compose
from letters.print_run import Bulk, print_job
from tests.letters.letter_samples import VALUES, a_letter
from tests.letters.printed_page import text_of

DAY = dt.date(2023, 6, 5)
LETTERS = [
    compose(replace(a_letter(kind), reference=f"CW-2023-{n:06d}"), DEMO_LANDLORD).pdf
    for n, kind in enumerate(VALUES)
]


def bulk(count: int) -> Bulk:
    printed = [(n + 1, f"CW-2023-{n:06d}", str(n)) for n in range(count)]
    return Bulk("Invented Homes", DAY, printed, by_hand=["CW-2023-000900"], left_out=["CW-2023-000901"])


async def a_copy(letter: str) -> bytes:
    return LETTERS[int(letter) % len(LETTERS)]


async def joined(count: int) -> bytes:
    written = io.BytesIO()
    await print_job(bulk(count), a_copy, written)
    return written.getvalue()


async def test_each_letter_is_there_in_full_behind_its_sheet() -> None:
    with pikepdf.open(io.BytesIO(await joined(3))) as pdf:
        assert not pdf.check_pdf_syntax()
        whole = text_of(await joined(3))
    places = [0]
    for number, letter in enumerate(LETTERS[:3]):
        sheet = f"CW-2023-{number:06d}Letter{number + 1}of3"
        places += [whole.index(sheet), whole.index(text_of(letter))]
    assert all(one < other for one, other in pairwise(places))


async def test_the_cover_names_nobody_and_says_what_is_not_in_the_pile() -> None:
    cover, *_ = text_of(await joined(2)).partition("Letter1of2")
    assert re.search(r"Notinthispile:1.*CW-2023-000900.*Nottobepostedanymore:1.*CW-2023-000901", cover)
    assert a_letter("warning").addressee.name.replace(" ", "") not in cover


async def test_the_same_letters_give_the_same_bytes() -> None:
    assert await joined(4) == await joined(4)


async def test_an_erased_letter_is_in_no_pile() -> None:
    async def erased(letter: str) -> bytes:
        return b"" if letter == "1" else await a_copy(letter)

    written = io.BytesIO()
    await print_job(bulk(2), erased, written)
    text = text_of(written.getvalue())
    assert text_of(LETTERS[0]) in text
    assert "Letter2of2" not in text


_IN_A_PROCESS_OF_ITS_OWN = """
import asyncio, resource, tempfile
from letters.print_run import print_job
from tests.letters.test_print_run import LETTERS, a_copy, bulk

async def peak(count):
    with tempfile.TemporaryFile() as written:
        await print_job(bulk(count), a_copy, written)
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, written.tell()

few, _ = asyncio.run(peak(1))
many, size = asyncio.run(peak(1000))
print(many - few, size)
"""


def test_a_thousand_letters_stay_in_bounded_memory() -> None:
    """In kB, of all that the process holds."""
    asked = [sys.executable, "-c", _IN_A_PROCESS_OF_ITS_OWN]
    more, size = map(int, subprocess.run(asked, check=True, capture_output=True, text=True).stdout.split())
    assert size > 20_000_000
    assert more < 160_000
