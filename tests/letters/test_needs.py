"""Letters as their readers need them: large print, and plain. (needs-met, section 6)"""

from collections import Counter
from dataclasses import replace

import pikepdf
import pytest
from letter_samples import a_letter
from printed_page import opened, text_of

from letters.compose import DEMO_LANDLORD, LetterContent, compose
from letters.kinds import KINDS


def sizes_of(content: LetterContent) -> Counter[float]:
    """How often each size of type, in points, is shown."""
    found: Counter[float] = Counter()
    with opened(compose(content, DEMO_LANDLORD).pdf) as document:
        for page in document.pages:
            size = 0.0
            for instruction in pikepdf.parse_content_stream(page):
                if str(instruction.operator) == "Tf":
                    size = round(float(instruction.operands[1]), 1)
                elif str(instruction.operator) in {"Tj", "TJ"}:
                    found[size] += 1
    return found


@pytest.mark.parametrize("kind", KINDS)
def test_a_letter_in_large_print_is_set_in_eighteen_point_and_says_the_same(kind: str) -> None:
    usual, large = a_letter(kind), replace(a_letter(kind), large_print=True)
    assert sizes_of(usual).most_common(1)[0][0] == 12.0
    assert sizes_of(large).most_common(1)[0][0] == 18.0
    said = text_of(compose(usual, DEMO_LANDLORD).pdf).split("Dear")[1].split("Ourreference")[0]
    assert said[:200] in text_of(compose(large, DEMO_LANDLORD).pdf)


def test_a_plain_letter_has_no_colour() -> None:
    assert len(colours_of(replace(a_letter(), plain_text=True))) < len(colours_of(a_letter()))


def colours_of(content: LetterContent) -> set[str]:
    with opened(compose(content, DEMO_LANDLORD).pdf) as document:
        return {
            str(list(instruction.operands))
            for page in document.pages
            for instruction in pikepdf.parse_content_stream(page)
            if str(instruction.operator) in {"sc", "scn", "rg", "g", "k"}
        }
