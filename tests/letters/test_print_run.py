"""Many letters as one print job: piece by piece, tagged, and with nothing between them that tells on anybody."""

import datetime as dt
import io
import tracemalloc
from dataclasses import replace

import pikepdf
import pytest

from letters.compose import DEMO_LANDLORD, compose
from letters.print_run import Bulk, print_job
from tests.letters.letter_samples import VALUES, a_letter

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
    return b"".join([piece async for piece in print_job(bulk(count), a_copy)])


async def test_each_letter_is_there_in_full_behind_its_sheet_and_the_cover_names_nobody() -> None:
    with pikepdf.open(io.BytesIO(await joined(3))) as pdf:
        assert not pdf.check_pdf_syntax()
        pages = [len(pikepdf.open(io.BytesIO(one)).pages) for one in LETTERS[:3]]
        assert len(pdf.pages) == 1 + sum(pages) + 3


async def test_the_same_letters_give_the_same_bytes() -> None:
    assert await joined(4) == await joined(4)


async def test_every_page_and_link_finds_its_own_tags() -> None:
    """Where they were, in the letter alone."""
    with pikepdf.open(io.BytesIO(await joined(len(LETTERS)))) as pdf:
        root = pdf.Root.StructTreeRoot
        found = pikepdf.NumberTree(root.ParentTree)
        assert all(kid.P.objgen == root.objgen for kid in root.K)
        for page in pdf.pages:
            tagged = found[int(page.obj.StructParents)]
            of_letters = {one.Pg.Parent.objgen for one in tagged if one is not None and "/Pg" in one}
            assert of_letters <= {page.obj.Parent.objgen}
            for link in page.obj.get("/Annots", ()):
                assert found[int(link.StructParent)] is not None
        keys = [int(page.obj.StructParents) for page in pdf.pages]
        assert len(set(keys)) == len(keys)


async def test_an_erased_letter_is_in_no_pile() -> None:
    async def erased(letter: str) -> bytes:
        return b"" if letter == "1" else await a_copy(letter)

    pieces = [piece async for piece in print_job(bulk(2), erased)]
    with pikepdf.open(io.BytesIO(b"".join(pieces))) as pdf:
        assert len(pdf.pages) == 2 + len(pikepdf.open(io.BytesIO(LETTERS[0])).pages)


@pytest.mark.parametrize("count", [1000])
async def test_a_thousand_letters_take_no_more_memory_than_a_few(count: int) -> None:
    """Of ours. 37 MB go through; what is held is where each object begins."""
    tracemalloc.start()
    size = 0
    try:
        async for piece in print_job(bulk(count), a_copy):
            size += len(piece)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert size > 30_000_000
    assert peak < 24_000_000, peak
