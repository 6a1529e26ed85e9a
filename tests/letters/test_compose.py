"""What goes in, and what comes out of it, word by word."""

import datetime as dt
import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from letter_samples import a_letter, to, without
from printed_page import text_of

from letters.compose import (
    DEMO_LANDLORD,
    LetterContent,
    ValueMissing,
    ValueRefused,
    ValueUnknown,
    compose,
)
from letters.kinds import KINDS

POLICE_ADVICE = "please ring them as soon as you can"
HATE_SUPPORT = "because of who they are"


def joined(text: str) -> str:
    return re.sub(r"\s", "", text)


@pytest.mark.parametrize("kind", KINDS)
def test_page_and_mail_say_the_same_words(kind: str) -> None:
    letter = compose(a_letter(kind), DEMO_LANDLORD)
    assert letter.subject == f"{'Our' if kind == 'referral' else 'Your'} reference CW-2026-000123"
    assert letter.unprintable == ()
    body, _, _ = re.sub(r": _+\n", "\n", letter.text.removesuffix("\n")).rpartition("\n\n")
    printed = text_of(letter.pdf).replace("•", "-")
    for footer in re.findall(r"OurreferenceCW-2026-000123Page\dof\d", printed):
        printed = printed.replace(footer, "")
    assert printed.endswith(joined(body))


def test_the_acknowledgement_lists_each_promise_with_its_date() -> None:
    text = compose(
        a_letter("acknowledgement", next_steps=["First, by Monday.", "Then, by Friday."]), DEMO_LANDLORD
    ).text
    assert "\n- First, by Monday.\n- Then, by Friday.\n" in text


@pytest.mark.parametrize(
    ("switch", "words"),
    [("police_advice", POLICE_ADVICE), ("hate", HATE_SUPPORT), ("hate_seen", "support for yourself")],
)
def test_a_paragraph_is_shown_only_when_it_is_asked_for(switch: str, words: str) -> None:
    content = a_letter("acknowledgement")
    assert words in compose(content, DEMO_LANDLORD).text
    assert words not in compose(without(content, switch), DEMO_LANDLORD).text
    assert words not in compose(a_letter("acknowledgement", **{switch: ""}), DEMO_LANDLORD).text


def test_an_optional_list_that_is_missing_takes_its_introduction_with_it() -> None:
    text = compose(without(a_letter("not-usually-asb"), "advice"), DEMO_LANDLORD).text
    assert "some more advice" not in text


@pytest.mark.parametrize(
    ("kind", "field"), [(kind, field) for kind, fields in KINDS.items() for field in sorted(fields.required)]
)
def test_a_missing_or_empty_value_is_refused_by_name(kind: str, field: str) -> None:
    empty: str | list[str] = [" "] if field in KINDS[kind].lists else " "
    for content in (without(a_letter(kind), field), a_letter(kind, **{field: empty})):
        with pytest.raises(ValueMissing) as refused:
            compose(content, DEMO_LANDLORD)
        assert (refused.value.kind, refused.value.field) == (kind, field)
        assert f"{kind}.txt: {{{field}}}" in str(refused.value)


def test_a_value_that_the_letter_never_says_is_refused() -> None:
    with pytest.raises(ValueUnknown, match="reason}"):
        compose(a_letter(reason="A slip of the pen"), DEMO_LANDLORD)


def test_nobody_can_put_another_name_or_reference_over_the_addressees() -> None:
    with pytest.raises(ValueUnknown, match="name"):
        compose(a_letter(name="Somebody else"), DEMO_LANDLORD)


def test_a_letter_to_nobody_is_refused() -> None:
    with pytest.raises(ValueMissing, match="name"):
        compose(to(" \n "), DEMO_LANDLORD)


@pytest.mark.parametrize(
    ("kind", "field", "value"),
    [
        ("acknowledgement", "hate", "no"),
        ("closing-letter", "reasons", "one text"),
        ("closing-letter", "council", ["a list"]),
        ("honest-advice", "not_reasonable", "yes"),
    ],
)
def test_a_value_of_the_wrong_shape_is_refused(kind: str, field: str, value: str | list[str]) -> None:
    with pytest.raises(ValueRefused, match=field):
        compose(a_letter(kind, **{field: value}), DEMO_LANDLORD)


def test_honest_advice_without_any_advice_is_refused() -> None:
    with pytest.raises(ValueRefused, match="not_reasonable or speak_first"):
        compose(without(a_letter("honest-advice"), "speak_first"), DEMO_LANDLORD)


INJECTIONS = [
    '#import "/etc/passwd": *',
    '#panic("no") #{1+1} $x^2$ *bold* _it_ `raw` @ref <label> // gone /* gone */',
    "\\ \\n \\u{41} \\\" ' \" ''' ``` --- ~ ...",
    "{reference} {{name}} {officer",
    "= Heading",
    '"}], "title": "Other"',
    "<b>bold</b> &amp; %s %(x)s ${HOME}",
]


@pytest.mark.parametrize("text", INJECTIONS)
def test_whatever_somebody_typed_stays_text(text: str) -> None:
    letter = compose(a_letter(officer=text, reasons=[text]), DEMO_LANDLORD)
    assert f"ask for {text} and" in letter.text
    assert f"\n- {text}\n" in letter.text
    assert joined(f"ask for {text} and") in text_of(letter.pdf)


def test_a_line_break_in_a_value_becomes_a_space() -> None:
    letter = compose(
        replace(to("Kerry\r\nBcc: all", "1 High\nStreet"), reference="CW-1\r\nBcc: all@all.example"),
        DEMO_LANDLORD,
    )
    assert letter.subject == "Your reference CW-1 Bcc: all@all.example"
    assert "Dear Kerry Bcc: all\n" in letter.text
    assert "1HighStreet" in text_of(letter.pdf)


def test_characters_that_reorder_what_is_read_are_taken_out() -> None:
    text = compose(to("Kerry \u202eevil\u2066\x00\x1b Adeyemi"), DEMO_LANDLORD).text
    assert "Dear Kerry evil Adeyemi\n" in text


@pytest.mark.parametrize(
    "name",
    [
        "Łukasz Żółć",
        "Ștefan Țăran",
        "Siân Ŵyn Ŷ",
        "Nguyễn Thị Bưởi",
        "Ольга Жукова",
        "Ελένη",
        "नमिता",
        "فاطمہ محمد پٹیل",
    ],
)
def test_names_in_many_scripts_are_printed(name: str) -> None:
    letter = compose(to(name), DEMO_LANDLORD)
    assert letter.unprintable == ()
    assert name in letter.text


def test_a_name_that_no_font_can_show_is_marked_and_told_of() -> None:
    letter = compose(to("Wáng 王小明 😀"), DEMO_LANDLORD)
    assert letter.unprintable == ("小", "明", "王", "😀")
    assert "Dear Wáng 王小明 😀\n" in letter.text
    assert "DearWáng����" in text_of(letter.pdf)
    assert compose(to("王" * 70), DEMO_LANDLORD).unprintable == ("王",)


@pytest.mark.parametrize("before", ["1", "é", " ", ",", '"', "\\", ":", "\n"])
@pytest.mark.parametrize("mark", ["\ufe0f\u20e3", "\u20e3", "\U0001f3fb"])
def test_a_mark_that_no_font_has_takes_nothing_along_but_itself(before: str, mark: str) -> None:
    """Telephones write digits in a box so: what stands before it stays, there and wherever else it stands."""
    letter = compose(to("Rowan Example", f"Flat {before}{mark} 1"), DEMO_LANDLORD)
    assert letter.unprintable == (mark[-1],)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.text(min_size=1, max_size=120))
def test_no_text_whatever_stops_a_letter(text: str) -> None:
    content = a_letter("closing-note", reasons=["It is over.", text])
    assert compose(content, DEMO_LANDLORD).pdf.startswith(b"%PDF-")


def test_the_same_content_gives_the_same_bytes_from_any_thread() -> None:
    content = a_letter("acknowledgement")
    with ThreadPoolExecutor(4) as threads:
        letters = set(threads.map(lambda _: compose(content, DEMO_LANDLORD), range(40)))
    assert letters == {compose(content, DEMO_LANDLORD)}


def test_the_date_is_written_out_and_dates_the_document() -> None:
    content: LetterContent = replace(a_letter(), date=dt.date(2027, 1, 4))
    letter = compose(content, DEMO_LANDLORD)
    assert "4January2027Ourreference:CW-2026-000123" in text_of(letter.pdf)
    assert letter.pdf != compose(a_letter(), DEMO_LANDLORD).pdf
