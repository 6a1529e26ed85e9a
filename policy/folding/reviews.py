"""Whose case it is, and reviews."""

from policy.case_file import CaseFile, later
from policy.decisions import Cover
from policy.editions import Edition
from policy.facts import Entry, reviewing
from policy.folding.base import fold


@fold.register
def _(fact: reviewing.CaseAllocated, file: CaseFile, entry: Entry, _edition: Edition) -> CaseFile:
    """Whoever covered for the officer before does not for this one."""
    return file.with_(officer=fact.officer, given_by=entry.by.id, cover=None)


@fold.register
def _(fact: reviewing.CoverArranged, file: CaseFile, _entry: Entry, _edition: Edition) -> CaseFile:
    return file.with_(cover=Cover(officer=fact.officer, until=fact.until))


@fold.register
def _(fact: reviewing.CaseReviewed, file: CaseFile, _entry: Entry, _edition: Edition) -> CaseFile:
    return file.with_(last_review_at=later(file.last_review_at, fact.at))
