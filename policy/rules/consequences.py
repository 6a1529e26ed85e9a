"""Letters to somebody other than the complainant. (clear-consequences, section 6)"""

from policy.case_file import CaseFile
from policy.company import called
from policy.facts.consequences import ABOUT, PerpetratorWrittenTo
from policy.refusals import LetterMayIdentify, PersonCannotBeWrittenTo


def somebody_can_be_written_to(file: CaseFile) -> None:
    if not file.others_with_address:
        raise PersonCannotBeWrittenTo(
            "We have no address of anybody else on this case whom we could write to.",
            missing=("an address to write to",),
        )


def nobody_is_given_away(fact: PerpetratorWrittenTo, file: CaseFile) -> None:
    """An address to write to, and a second look at what is said."""
    if fact.person not in file.others_with_address:
        who = "the person who was complained about" if fact.person == ABOUT else called(fact.person)
        raise PersonCannotBeWrittenTo(
            f"No letter can go: {who} has no address that we know of.", missing=("an address to write to",)
        )
    if not fact.nothing_identifies:
        raise LetterMayIdentify(
            "Read it again: nothing in it may give away who complained. Then say that this is so.",
            missing=("that nothing in it gives away who complained",),
        )
