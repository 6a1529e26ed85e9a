"""What a text message says, and what it does not."""

import pytest

from letters.text_message import GSM_7, LONGEST, text_of

REF, PHONE = "CW-2036-000123", "01632 960 000"
LONG = "The Weald, Downs and Marshes Housing Association of Sevenoaks and Tonbridge and Malling, a Charity"


@pytest.mark.parametrize("letter_follows", [True, False])
@pytest.mark.parametrize(
    "name", ["Weald & Downs Homes", LONG, "Tŷ Ŵyneb\u2019s [Homes] — Łódź", "€~^", "", "Two\nlines", "名前"]
)
@pytest.mark.parametrize("phone", [PHONE, "+44 (0) 1632 960 000", "01632\u00a0960\u2011000"])
def test_it_is_one_message_in_any_telephone(name: str, phone: str, letter_follows: bool) -> None:
    text = text_of(name, phone, REF, letter_follows=letter_follows)
    assert len(text) <= LONGEST
    assert GSM_7.issuperset(text)
    assert REF in text


def test_it_is_worded_so() -> None:
    assert text_of("Weald & Downs Homes", PHONE, REF, letter_follows=True) == (
        "Weald & Downs Homes: we are writing to you. Your reference is CW-2036-000123. "
        "Questions? Ring 01632 960 000."
    )
    assert text_of("Weald & Downs Homes", PHONE, REF, letter_follows=False) == (
        "Weald & Downs Homes: please ring us on 01632 960 000 when it suits you. Your reference is CW-2036-000123."
    )


@pytest.mark.parametrize("letter_follows", [True, False])
def test_whoever_sees_it_learns_nothing_of_what_it_is_about(letter_follows: bool) -> None:
    text = text_of("", PHONE, REF, letter_follows=letter_follows).lower()
    for word in (
        "case",
        "report",
        "complain",
        "behaviour",
        "asb",
        "hate",
        "abuse",
        "police",
        "safe",
        "neighbour",
        "urgent",
    ):
        assert word not in text


def test_a_long_name_is_cut_and_the_number_and_reference_are_not() -> None:
    text = text_of(LONG, PHONE, REF, letter_follows=False)
    assert PHONE in text
    assert REF in text
    assert text.startswith("The Weald, Downs and Marshes Housing")
    assert ".: please" in text
    assert len(text) == LONGEST
