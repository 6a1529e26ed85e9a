"""Whom reports are told to, as the environment says it."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from policy.reports.kinds import ReportKind
from runtime.settings import Settings
from tests.runtime.test_settings import COMPLETE


@pytest.fixture(autouse=True)
def complete(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    for name, value in COMPLETE.items():
        monkeypatch.setenv(name, value)


def test_readers_are_named_by_the_kind_of_report(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CASEWORK_REPORT_READERS", '{"six-monthly": ["head@landlord.example"]}')
    monkeypatch.setenv("CASEWORK_LANDLORD_HOMES", "8000")
    assert Settings().report_readers == {ReportKind.SIX_MONTHLY: ("head@landlord.example",)}
    assert Settings().landlord_homes == 8000


@pytest.mark.parametrize(
    ("setting", "said"),
    [
        ('{"weekly": ["head@landlord.example"]}', "report_readers"),
        ('{"monthly": ["head of housing"]}', "an address that is none: monthly"),
    ],
)
def test_a_kind_or_an_address_that_is_none_is_refused(
    monkeypatch: pytest.MonkeyPatch, setting: str, said: str
) -> None:
    monkeypatch.setenv("CASEWORK_REPORT_READERS", setting)
    with pytest.raises(ValidationError, match=said):
        Settings()


def test_a_landlord_has_homes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CASEWORK_LANDLORD_HOMES", "0")
    with pytest.raises(ValidationError, match="landlord_homes"):
        Settings()
