"""The printed pack: bookmarked, tagged, the same bytes again, and without what its reader may not have."""

import hashlib
import resource
import subprocess
import sys
import time
from pathlib import Path

import pytest
from pikepdf import Stream
from printed_page import opened, structure_of, text_of

from letters.pack import READ_FIRST, SPOKEN_OF, made
from policy.case import CASE
from policy.packs.pack import Placed, Told, pack
from policy.packs.readers import Reader
from tests.given import contact, empty_file, entry, london, report
from tests.policy.packed import AT, KNOWN, REF, packed

LANDLORD = "Weald & Downs Homes"
MANY = 1000


def pdf(reader: Reader, about: str | None = None) -> bytes:
    return made(packed(reader, about), LANDLORD)


def as_read(file: Path) -> str:
    """By another program, with its spaces."""
    return subprocess.run(["pdftotext", "-layout", file, "-"], check=True, capture_output=True, text=True).stdout


def test_it_is_tagged_in_english_and_has_its_bookmarks() -> None:
    with opened(pdf(Reader.COURT)) as document:
        assert document.Root.MarkInfo.Marked
        assert str(document.Root.Lang) == "en-GB"
        with document.open_metadata() as metadata:
            assert metadata["pdfuaid:part"] == "1"
            assert metadata["dc:title"] == f"Case {REF}"
        with document.open_outline() as outline:
            sections = [one.title for one in outline.root]
            months = [one.title for one in outline.root[0].children]
    assert sections == [
        "Chronology",
        "Decisions and their reasons",
        "Letters",
        "Evidence",
        "What is withheld",
    ]
    assert months == ["March 2025"]


def test_its_headings_and_tables_are_known_to_a_screen_reader() -> None:
    structure = structure_of(pdf(Reader.COURT))
    assert structure.count("H1") == 6
    assert structure.count("Table") == 2
    assert structure.count("TH") == 8
    assert "TOC" in structure


def test_a_hash_is_copied_out_of_it_as_it_is_and_no_command_is_in_it(tmp_path: Path) -> None:
    """A judge has no shell."""
    file = tmp_path / "pack.pdf"
    file.write_bytes(pdf(Reader.COURT))
    told = as_read(file)
    assert packed(Reader.COURT).head in told.split()
    assert "`" not in told
    assert "casework verify" not in told


def test_it_says_that_others_spoke_of_who_asks_only_where_they_may_hear_so() -> None:
    there = SPOKEN_OF.replace(" ", "")
    assert there in text_of(pdf(Reader.SUBJECT, "perpetrator-1"))
    assert there not in text_of(pdf(Reader.SUBJECT, "complainant"))
    assert there not in text_of(pdf(Reader.COURT))


def test_letters_are_listed_by_their_kind() -> None:
    text = text_of(pdf(Reader.COURT))
    assert "thecomplainantAcknowledgement" in text
    assert text.count("Yourreport") == 1


def test_the_cover_says_for_whom_as_of_when_and_that_a_person_must_read_it() -> None:
    chosen = packed(Reader.COURT)
    text = text_of(made(chosen, LANDLORD))
    for said in ("For:Acourt", "entry11", chosen.head, "2015-03-23", READ_FIRST.replace(" ", "")):
        assert said in text
    assert "Writtendownon" in text
    assert "assess-seriousness(section5)" in text


@pytest.mark.parametrize(
    ("reader", "about", "there", "left_out"),
    [
        (
            Reader.COURT,
            None,
            ["Quokkas", "Wombats", "Manatees"],
            ["Okapis", "Dugongs", "Aardvarks", "Rowan", "Pat "],
        ),
        (
            Reader.OMBUDSMAN,
            None,
            ["Quokkas", "Axolotls"],
            ["Wombats", "Pangolins", "Aardvarks", "Rowan", "Onlooker"],
        ),
        (
            Reader.SUBJECT,
            "complainant",
            ["Quokkas", "Okapis", "Manatees", "Kinkajous"],
            ["Wombats", "Capybaras", "Pangolins", "Lemurs", "Aardvarks", "Sample", "SAMPLE", "Onlooker", "960123"],
        ),
        (
            Reader.SUBJECT,
            "perpetrator-1",
            ["Lemurs"],
            ["Quokkas", "Narwhals", "Wombats", "Manatees", "Rowan", "Invented", "example.org", "04:44", "risk"],
        ),
    ],
)
def test_the_file_holds_what_its_reader_may_have_and_nothing_else(
    reader: Reader, about: str | None, there: list[str], left_out: list[str], tmp_path: Path
) -> None:
    file = tmp_path / "pack.pdf"
    file.write_bytes(pdf(reader, about))
    told = as_read(file)
    assert [word for word in there if word not in told] == []
    assert [word for word in left_out if word in told] == []
    with opened(file.read_bytes()) as document:
        kept = [one.read_bytes() if isinstance(one, Stream) else one.unparse() for one in document.objects]
    assert not [word for word in left_out for one in kept if word.encode() in one]


def test_the_same_facts_give_the_same_bytes_in_another_process() -> None:
    script = (
        "import hashlib; from letters.pack import made; from policy.packs.readers import Reader;"
        "from tests.policy.packed import packed;"
        f"print(hashlib.sha256(made(packed(Reader.COURT), {LANDLORD!r})).hexdigest())"
    )
    others = [
        subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True).stdout.strip()
        for _ in range(2)
    ]
    assert others == [hashlib.sha256(pdf(Reader.COURT)).hexdigest()] * 2


def test_characters_that_no_font_has_and_very_long_words_keep_no_pack_from_being_made() -> None:
    told = contact(AT).model_copy(update={"words": f"\U00013000 {'x' * 500} <b>#sys</b>"})
    facts = [entry(report(AT), id_="1"), entry(told, id_="2")]
    placed = tuple(Placed(seq, "00", one) for seq, one in enumerate(facts, 1))
    chosen = pack(
        Reader.COURT,
        None,
        Told(REF, CASE, empty_file(AT.date(), REF), placed),
        (),
        letters={},
        known={},
        files={},
        diaries={},
    )
    text = text_of(made(chosen, LANDLORD))
    assert "\N{REPLACEMENT CHARACTER}" in text
    assert "<b>#sys</b>" in text


def test_a_case_of_a_thousand_entries_is_made_in_a_bounded_time_and_memory() -> None:
    """Measured on 2 cores: 3 s and 160 MB more."""
    at = london(2025, 3, 3)
    words = "Spoke at length with Pat about the noise, the bins and what comes next. " * 6
    facts = [report(at), *(contact(at).model_copy(update={"words": words}) for _ in range(MANY - 1))]
    placed = tuple(Placed(seq, "00", entry(fact, id_=str(seq))) for seq, fact in enumerate(facts, 1))
    told = Told(REF, CASE, empty_file(at.date(), REF), placed)
    before, began = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.perf_counter()
    chosen = pack(Reader.COURT, None, told, (), letters={}, known=KNOWN, files={}, diaries={})
    content = made(chosen, LANDLORD)
    assert time.perf_counter() - began < 60
    assert (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024 < 600
    assert len(chosen.chronology) == MANY
    assert len(content) < 10_000_000
