"""The fold: what each fact changes in the case file. Rules have had their say before; nothing is refused here."""

from policy.case_file import CaseFile
from policy.editions import Edition
from policy.facts import Entry
from policy.folding import (
    assessments,
    closures,
    contacts,
    joinings,
    letters,
    links,
    reports,
    reviews,
    rulings,
)
from policy.folding.base import fold
from policy.folding.closures import closure_needs_approval


def after(file: CaseFile, entry: Entry, edition: Edition) -> CaseFile:
    """The file once the entry is recorded."""
    return fold(entry.fact, file, entry, edition).with_(seq=file.seq + 1)


__all__ = [
    "after",
    "assessments",
    "closure_needs_approval",
    "closures",
    "contacts",
    "joinings",
    "letters",
    "links",
    "reports",
    "reviews",
    "rulings",
]
