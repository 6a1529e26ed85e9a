"""The printed page: accessible, in its own fonts, in order, over as many pages as it takes."""

import subprocess
import sys
from pathlib import Path

import pytest
from letter_samples import a_letter, to
from printed_page import opened, structure_of, text_of

from letters.compose import DEMO_LANDLORD, compose
from letters.kinds import KINDS
from letters.typesetting import FONTS
from letters.wordings import wording_of


@pytest.mark.parametrize("kind", KINDS)
def test_the_pdf_is_accessible(kind: str) -> None:
    letter = compose(a_letter(kind), DEMO_LANDLORD)
    with opened(letter.pdf) as document:
        assert document.Root.MarkInfo.Marked
        assert str(document.Root.Lang) == "en-GB"
        assert document.Root.ViewerPreferences.DisplayDocTitle
        with document.open_metadata() as metadata:
            assert metadata["pdfuaid:part"] == "1"
            assert metadata["dc:title"] == wording_of(kind).title
            assert metadata["dc:language"] == {"en-GB"}
            assert metadata["xmp:CreateDate"] == "2026-11-24T00:00:00+00:00"


def test_the_structure_has_one_title_then_headings_paragraphs_and_lists() -> None:
    structure = structure_of(compose(a_letter("closing-letter"), DEMO_LANDLORD).pdf)
    assert structure[:6] == ["Document", "P", "P", "P", "P", "H1"]
    assert structure.count("H1") == 1
    assert structure.count("H2") == 7
    assert structure.count("L") == 4
    assert structure.count("LI") == 5


def test_it_reads_from_letterhead_to_signature() -> None:
    text = text_of(compose(a_letter("closing-letter"), DEMO_LANDLORD).pdf)
    order = [
        "Weald&DownsHomes",
        "MsKerryAdeyemiFlat427LarkfieldCloseNETHERMADEUPZZ999ZY",
        "24November2026Ourreference:CW-2026-000123",
        "Weareclosingthecase",
        "DearMsKerryAdeyemi",
        "Whatwedid",
        "Whyweareclosing",
        "HousingOmbudsman",
        "Yourssincerely",
    ]
    places = [text.index(words) for words in order]
    assert places == sorted(places)


def test_only_our_own_fonts_are_used_and_they_are_in_the_file() -> None:
    with opened(compose(to("Ελένη فاطمہ"), DEMO_LANDLORD).pdf) as document:
        fonts = [font for page in document.pages for _, font in page.Resources.Font.items()]
        names = {str(font.BaseFont).partition("+")[2].partition("-")[0] for font in fonts}
        files = {"/FontFile2", "/FontFile3"}
        assert all(files & font.DescendantFonts[0].FontDescriptor.keys() for font in fonts)
    assert names == {"AtkinsonHyperlegible", "NotoSans", "NotoSansArabic"}


def test_every_font_has_its_licence_beside_it() -> None:
    for font in FONTS.glob("*.ttf"):
        licence = FONTS / f"OFL-{font.stem.partition('-')[0]}.txt"
        assert "SIL OPEN FONT LICENSE" in licence.read_text(encoding="utf-8")


def test_a_long_letter_goes_on_over_numbered_pages() -> None:
    done = [f"On day {day} we did something that takes a good many words to tell." for day in range(1, 121)]
    letter = compose(a_letter("closing-letter", done=done), DEMO_LANDLORD)
    with opened(letter.pdf) as document:
        pages = len(document.pages)
    assert pages > 3
    text = text_of(letter.pdf)
    for page in range(1, pages + 1):
        assert f"Page{page}of{pages}" in text
    assert "Onday120wedid" in text


def test_a_word_longer_than_the_line_is_broken_and_whole() -> None:
    word = "x" * 300
    assert word in text_of(compose(a_letter(reasons=[word]), DEMO_LANDLORD).pdf)


def test_a_thousand_letters_take_no_more_memory_than_a_hundred() -> None:
    script = """
import resource
from dataclasses import replace
from letter_samples import a_letter
from letters.compose import DEMO_LANDLORD, compose

def kilobytes_after(letters):
    for number in letters:
        compose(replace(a_letter("closing-note"), reference=f"CW-{number}"), DEMO_LANDLORD)
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

print(-kilobytes_after(range(100)) + kilobytes_after(range(100, 1000)))
"""
    here = Path(__file__).parent
    environment = {"PYTHONPATH": f"{here}:{here.parent.parent}"}
    grown = subprocess.run([sys.executable, "-c", script], env=environment, capture_output=True, check=True)
    assert int(grown.stdout) < 20_000


def test_a_private_link_is_whole_where_it_is_clicked_however_it_breaks() -> None:
    content = a_letter("referral")
    with opened(compose(content, DEMO_LANDLORD).pdf) as document:
        clicked = [str(note.A.URI) for page in document.pages for note in page.get("/Annots", [])]
    assert set(clicked) == {content.values["link"]}
