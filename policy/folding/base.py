"""The dispatch on a fact's type. A fact that changes nothing in the file needs no fold of its own."""

from functools import singledispatch

from policy.case_file import CaseFile
from policy.editions import Edition
from policy.facts import Entry
from policy.facts.base import Fact


@singledispatch
def fold(_fact: Fact, file: CaseFile, _entry: Entry, _edition: Edition) -> CaseFile:
    return file
