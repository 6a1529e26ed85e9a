"""Whom others were told of, where a fact does not name them itself. (information-sharing, section 4)"""

from collections.abc import Sequence

from policy import folding
from policy.as_of import Placed
from policy.case_file import CaseFile
from policy.editions import of
from policy.facts.groups import GroupMeetingHeld
from policy.facts.joining import PoliceToldWhereJoined
from policy.facts.policing import PoliceReferralMade
from policy.facts.safety import PartnersConsulted
from policy.folding.disclosing import who_was_discussed


def told_of(opening: CaseFile, entries: Sequence[Placed]) -> dict[int, tuple[str, ...]]:
    """By its place in the timeline, whom partners, a group's meeting or the police were told of: as the case was
    then.
    """
    file, found = opening, {}
    for seq, entry in entries:
        match entry.fact:
            case PartnersConsulted() as fact:
                found[seq] = who_was_discussed(file, fact)
            case PoliceReferralMade() | PoliceToldWhereJoined():
                found[seq] = file.victims
            case GroupMeetingHeld(matter=matter, about=about):
                found[seq] = about or (file.groups[matter].about if matter in file.groups else ())
        file = folding.after(file.with_(seq=seq - 1), entry, of(file.edition))
    return found
