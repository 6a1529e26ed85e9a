"""A word is found however it is written."""

import base64

import pytest

from tests.faults.scanning import found


@pytest.mark.parametrize("before", ["", "x", "xy"])
@pytest.mark.parametrize("word", ["Quillonë", "opalescent"])
def test_the_scanner_sees_a_word_however_it_is_written(word: str, before: str) -> None:
    for told in (word, word.upper(), word.lower()):
        assert found([word], f"{before}{told} there".encode()) == [word]
        assert found([word], f"{before}{told}".encode("utf-16-le")) == [word]
        assert found([word], f"{before}{told}".encode().hex().encode()) == [word]
    for told in (word, word.lower()):
        assert found([word], base64.b64encode(f"{before}{told} there".encode())) == [word]
        assert found([word], base64.urlsafe_b64encode(f"{before}{told}".encode()) + b"AA") == [word]
    assert found([word], base64.b64encode(b"something else altogether")) == []
