"""The words: each kind has them, they are easy to read, and a slip of the pen is refused by name."""

import re
from pathlib import Path

import pytest
from letter_samples import VALUES, a_letter

from letters.compose import DEMO_LANDLORD, compose
from letters.kinds import KINDS, Fields
from letters.wordings import (
    FOLDER,
    Block,
    Shape,
    WordingFaulty,
    WordingMissing,
    check_all_wordings,
    read_wording,
    wording_of,
)

FIELDS = Fields(
    texts=frozenset({"officer", "council"}),
    lists=frozenset({"reasons"}),
    optional=frozenset({"council"}),
    switches=frozenset({"hate"}),
)
HEAD = "subject: Your reference {reference}\ntitle: Our letter\n\n"
COMPLETE = "Ask {officer}.\n\n- {reasons}\n\n[when council]\n{council} knows.\n\n[when hate]\nHelp is there.\n"


def written(folder: Path, text: str) -> Path:
    path = folder / "some-letter.txt"
    path.write_text(text, encoding="utf-8")
    return path


def test_every_kind_has_its_wording_and_every_wording_its_kind() -> None:
    check_all_wordings()
    assert {path.stem for path in FOLDER.glob("*.txt")} == KINDS.keys() == VALUES.keys()


def test_a_wording_is_read_block_by_block(tmp_path: Path) -> None:
    text = (
        HEAD + "# A heading\n\nOne\nparagraph.\n\n- A point\nthat goes on\n- Another\n\n| Yours\n|\n\n" + COMPLETE
    )
    assert read_wording(written(tmp_path, text), FIELDS).blocks[:4] == (
        Block(Shape.HEADING, ("A heading",)),
        Block(Shape.PARAGRAPH, ("One paragraph.",)),
        Block(Shape.BULLETS, ("A point that goes on", "Another")),
        Block(Shape.LINES, ("Yours", "")),
    )


@pytest.mark.parametrize(
    ("text", "line", "named"),
    [
        ("", 1, "subject:"),
        ("Dear {name}\n", 1, "subject:"),
        (HEAD, 1, "no text"),
        (HEAD + COMPLETE + "\nRing {oficer}.\n", 14, "{oficer}"),
        (HEAD + COMPLETE + "\nRing {Officer}.\n", 14, "curly bracket"),
        (HEAD + COMPLETE + "\nRing {officer.\n", 14, "curly bracket"),
        (HEAD + COMPLETE + "\nBecause {reasons}\n", 14, "{reasons} is a list"),
        (HEAD + COMPLETE + "\nAsk {council}.\n", 14, "[when council]"),
        (HEAD + COMPLETE + "\n[when officer]\nHello.\n", 14, "[when officer]"),
        (HEAD + COMPLETE + "\n[when hate]\n\nHello.\n", 15, "no text below"),
        (HEAD + COMPLETE + "\n# One\nTwo\n", 15, "`#`"),
        (HEAD + COMPLETE + "\n| One\nTwo\n", 15, "`|`"),
        (HEAD + COMPLETE + "\n[shared nothing]\n", 14, "[shared nothing]"),
        (HEAD + "Ask {officer}.\n\n- {reasons}\n", 1, "{council}, {hate}"),
        (HEAD.replace("Our letter", "To {name}") + COMPLETE, 1, "others may see"),
        (HEAD.replace("{reference}", "{officer}") + COMPLETE, 1, "others may see"),
    ],
)
def test_a_slip_is_refused_with_file_line_and_field(tmp_path: Path, text: str, line: int, named: str) -> None:
    with pytest.raises(WordingFaulty) as refused:
        read_wording(written(tmp_path, text), FIELDS)
    assert (refused.value.file, refused.value.line) == ("some-letter.txt", line)
    assert named in str(refused.value)


def test_words_that_several_letters_share_stand_in_one_file(tmp_path: Path) -> None:
    (tmp_path / "shared").mkdir()
    (tmp_path / "shared" / "goodbye.txt").write_text("# Goodbye\n\nAsk {officer}.\n", encoding="utf-8")
    path = written(tmp_path, HEAD + COMPLETE + "\n[shared goodbye]\n")
    goodbye = (Block(Shape.HEADING, ("Goodbye",)), Block(Shape.PARAGRAPH, ("Ask {officer}.",)))
    assert read_wording(path, FIELDS).blocks[-2:] == goodbye
    (tmp_path / "shared" / "goodbye.txt").write_text("\n\nAsk {oficer}.\n", encoding="utf-8")
    with pytest.raises(WordingFaulty, match=r"goodbye\.txt, line 3"):
        read_wording(path, FIELDS)


def test_a_kind_that_does_not_exist_is_refused_by_name() -> None:
    with pytest.raises(WordingMissing, match=r"no-such-letter\.txt"):
        wording_of("no-such-letter")


def test_a_wording_file_that_is_not_there_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(WordingMissing, match=r"closing-note\.txt"):
        read_wording(tmp_path / "closing-note.txt", FIELDS)


@pytest.mark.parametrize("kind", KINDS)
def test_whoever_sees_the_subject_or_the_heading_learns_nothing(kind: str) -> None:
    wording = wording_of(kind)
    assert wording.subject == f"{'Our' if kind == 'referral' else 'Your'} reference {{reference}}"
    assert not re.search(r"anti|social|behaviour|asb|hate|crime|police|abuse", wording.title, re.IGNORECASE)


@pytest.mark.parametrize("kind", KINDS)
def test_every_letter_says_whom_to_ring_in_danger_and_how_to_reach_the_police(kind: str) -> None:
    text = compose(a_letter(kind), DEMO_LANDLORD).text
    assert "danger" in text
    assert "ring 999" in text
    assert "101" in text
    assert "01632 960123" in text


@pytest.mark.parametrize("kind", KINDS)
def test_a_thirteen_year_old_can_read_it(kind: str) -> None:
    text, _, _ = compose(a_letter(kind), DEMO_LANDLORD).text.partition("Yours sincerely")
    assert reading_grade(text) < 7


@pytest.mark.parametrize("kind", KINDS)
def test_no_jargon_and_no_blame(kind: str) -> None:
    text = compose(a_letter(kind), DEMO_LANDLORD).text.lower()
    for word in (
        "perpetrator",
        "complainant",
        "allegation",
        "pursuant",
        "you failed",
        "you should have",
        "asb",
    ):
        assert word not in text


def reading_grade(text: str) -> float:
    """Flesch-Kincaid school grade (age less five), leaving out numbers and addresses."""
    prose = re.sub(r"\S*[\d@]\S*|www\.\S+", "", text)
    sentences = [part for part in re.split(r"[.!?:]\s|\n\n|\n- ", prose) if re.search("[a-z]", part)]
    words = re.findall(r"[A-Za-z']+", prose)
    syllables = sum(max(1, len(re.findall(r"[aeiouy]+", re.sub(r"e$", "", word.lower())))) for word in words)
    return 0.39 * len(words) / len(sentences) + 11.8 * syllables / len(words) - 15.59
