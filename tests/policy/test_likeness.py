"""The same person or place is recognised however it is written, and another is not."""

import pytest

from policy.likeness import Alike, Sameness, alike, marks_of, score


@pytest.mark.parametrize(
    ("one", "another"),
    [
        ({"name": "Ms Kerry Adeyemi"}, {"name": "ADEYEMI, Kerry"}),
        ({"name": "Siân O'Brien"}, {"name": "Sian O\u2019Brien"}),
        ({"email": "Rowan@Example.org "}, {"email": "rowan@example.org"}),
        ({"phone": "01632 960 001"}, {"phone": "+44 (0)1632 960001"}),
        ({"phone": "0044 1632 960001"}, {"phone": "01632-960001"}),
        ({"address": ("2 Invented Row", "Sevenoaks")}, {"address": ("2 invented row.",)}),
        ({"address": ("2 Invented Rd", "Sevenoaks")}, {"address": ("2 Invented Road, Sevenoaks",)}),
        ({"address": ("2", "Invented Row")}, {"address": ("2 Invented Row",)}),
        ({"address": ("Flat 4", "27 Larkfield Close")}, {"address": ("Flat 4, 27 Larkfield Cl, Madeup",)}),
        (
            {"address": ("27 Lark Field Close", "ZZ99 9ZY")},
            {"address": ("27 Larkfield Close", "Madeup", "zz999zy")},
        ),
        ({"address": ("Rose Cottage", "The Green")}, {"address": ("rose cottage", "the green", "Madeup")}),
    ],
)
def test_the_same_is_recognised(one: dict[str, object], another: dict[str, object]) -> None:
    assert set(marks_of(**one)) & set(marks_of(**another))  # type: ignore[arg-type] # by name


@pytest.mark.parametrize(
    ("one", "another"),
    [
        ({"name": "Kerry Adeyemi"}, {"name": "Kerry Adewale"}),
        ({"name": "Dave"}, {"name": "Dave"}),
        ({"name": "Mr Smith"}, {"name": "Mr Smith"}),
        ({"name": ""}, {"name": ""}),
        ({"phone": "999"}, {"phone": "999"}),
        ({"address": ("2 Invented Row",)}, {"address": ("12 Invented Row",)}),
        ({"address": ("Flat 4", "27 Larkfield Close")}, {"address": ("Flat 5", "27 Larkfield Close")}),
        ({"address": ("Flat 4", "27 A Close", "ZZ99 9ZY")}, {"address": ("Flat 5", "27 A Close", "ZZ99 9ZY")}),
        ({"address": ()}, {"address": ("", " , ")}),
    ],
)
def test_another_is_not(one: dict[str, object], another: dict[str, object]) -> None:
    assert not set(marks_of(**one)) & set(marks_of(**another))  # type: ignore[arg-type] # by name


def test_what_is_shared_is_said_in_words_and_what_tells_more_comes_first() -> None:
    (name,) = alike(["name:adeyemi kerry"], "complainant", "about")
    assert name.words == "The complainant has the same name as the person complained about in that case."
    (place,) = alike(["place:2 invented row", "postcode:zz999zy:2"], "place", "complainant")
    assert place.words == "The place has the same address as the complainant in that case."
    person = Alike(same=Sameness.PERSON, here="person", there="perpetrator")
    assert person.words == "The same person is the person complained about in that case."
    home = Alike(same=Sameness.HOUSEHOLD, here="person", there="victim")
    assert home.words == "Somebody of the same household is the victim in that case."
    assert score([person], same_category=False) > score([name, place], same_category=True)
    assert score([name], same_category=True) > score([name], same_category=False)
