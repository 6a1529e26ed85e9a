"""Which other cases have to do with this one."""

from policy.case_file import CaseFile
from policy.company import Link
from policy.editions import Edition
from policy.facts import Entry, linking
from policy.folding.base import fold


@fold.register
def _(fact: linking.CasesLinked, file: CaseFile, _entry: Entry, _edition: Edition) -> CaseFile:
    link = Link(other=fact.other, tie=fact.tie)
    return file if link in file.links else file.with_(links=(*file.links, link))


@fold.register
def _(fact: linking.CasesUnlinked, file: CaseFile, _entry: Entry, _edition: Edition) -> CaseFile:
    ended = Link(other=fact.other, tie=fact.tie)
    return file.with_(links=tuple(link for link in file.links if link != ended))
