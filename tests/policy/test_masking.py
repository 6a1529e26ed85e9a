"""case-pack: names and addresses of others are taken out of words, however they are written."""

import pytest

from policy.packs.masking import Known, Mask

PAT = Known(
    label="P",
    names=("Dr Pat O\N{RIGHT SINGLE QUOTATION MARK}Sample-Jones",),
    places=("3 Made-up Close", "pat@example.org", "01632 960 001"),
)


@pytest.mark.parametrize(
    ("words", "left"),
    [
        ("Pat came.", "[P] came."),
        ("PAT SAMPLE came, and pat's dog.", "[P] came, and [P]'s dog."),
        ("Mr. O'Sample-Jones shouted.", "Mr. [P] shouted."),
        ("Jones, at 3, Made-Up close.", "[P], at [P's address]."),
        ("Ring 01632960001 or 01632-960-001!", "Ring [P's telephone number] or [P's telephone number]!"),
        ("Write to pat@example.org!", "Write to [P's e-mail address]!"),
        ("A pattern of spats; samples at Carpat.", "A pattern of spats; samples at Carpat."),
        ("Sámplé.", "[P]."),
    ],
)
def test_names_are_taken_out_as_whole_words_however_they_are_written(words: str, left: str) -> None:
    assert (
        Mask([PAT])(words)[0].replace("[P]-[P]", "[P]").replace("O'[P]", "[P]").replace("[P]'[P]", "[P]") == left
    )


@pytest.mark.parametrize(
    ("words", "left"),
    [
        ("He stood outside 3 Made-up Close.", "He stood outside [P's address]."),
        ("At 3Made-up Close, or 3 Madeup Close.", "At [P's address], or [P's address]."),
        ("The post for TN13 1AA and tn131aa.", "The post for [P's address] and [P's address]."),
        ("01632 960001, 0044 (0)1632 960 001.", "[P's telephone number], [P's telephone number]."),
        ("+44 1632 960001.", "[P's telephone number]."),
    ],
)
@pytest.mark.parametrize("postcode", ["TN13 1AA", "TN131AA"])
@pytest.mark.parametrize("phone", ["01632 960001", "+44 1632 960 001"])
def test_an_address_in_one_line_and_a_number_from_abroad_are_taken_out_in_parts(
    words: str, left: str, postcode: str, phone: str
) -> None:
    known = Known(label="P", places=(f"Flat 2, 3 Made-up Close, Sevenoaks {postcode}", phone))
    assert Mask([known])(words)[0] == left
    assert Mask([known], [known])(words) == (words, False)


def test_what_the_reader_shares_stays() -> None:
    sister = Known(label="S", names=("Ann Jones",), places=("3 Made-up Close",))
    assert Mask([PAT], [sister])("Pat Jones at 3 Made-up Close.")[0] == "[P] Jones at 3 Made-up Close."
    assert Mask([])("Pat.") == ("Pat.", False)


def test_the_house_of_somebody_is_not_somebody() -> None:
    """Nor does an address that is nobody's become anybody."""
    house = Known(label="an address", places=("5 Invented Row",))
    assert (
        Mask([PAT, house])("Above 3 Made-up Close, near 5 Invented Row.")[0]
        == "Above [P's address], near [an address]."
    )
