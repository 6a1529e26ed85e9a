"""What the policy refuses about who may see a case. Nothing has changed then."""

from collections.abc import Iterable

from policy.access import facts
from policy.access.file import RESTRICTION, AccessFile, Around
from policy.access.folding import who_is_meant
from policy.facts.base import Role
from policy.journal import Note
from policy.refusals.access import (
    AccessIsOpen,
    AlreadyAdmitted,
    AlreadyConnected,
    AnotherPersonMustLook,
    ASupervisorSaysSo,
    ConnectedWithTheCase,
    EmergencyAccessMisused,
    NoEmergencyAccess,
    NoRestrictionToLookAt,
    NotAdmitted,
    NotConnected,
)


def check(file: AccessFile, note: Note, around: Around) -> None:
    """Raises Refused. Emergency access is looked at afterwards, so nobody is refused it who has not taken it
    without a good reason before.
    """
    match note.fact:
        case facts.AccessRestricted(named=named):
            _nobody_connected(file, *named)
            nobody_admits_themselves(file, note, around)
        case facts.RestrictionReviewed():
            _restriction_may_be_reviewed(file, note)
        case facts.AccessOpened() if file.restricted is None:
            raise AccessIsOpen("This case is not restricted to people named.")
        case facts.StaffAdmitted(who=who):
            _may_be_admitted(file, who, around)
            nobody_admits_themselves(file, note, around)
        case facts.AdmissionEnded(who=who) if who not in file.admitted:
            raise NotAdmitted(f"{who} was not admitted to this case. Admitted: {_listed(file.admitted)}.")
        case facts.ConflictDeclared() as fact:
            _may_be_connected(file, who_is_meant(fact, note), note)
        case facts.ConflictEnded(who=who):
            _may_come_back(file, who, note)
        case facts.EmergencyAccessTaken():
            had_a_reason(file, note)
        case facts.EmergencyAccessReviewed(taken=taken):
            _may_be_reviewed(file, taken, note)
        case _:
            return


def _nobody_connected(file: AccessFile, *named: str) -> None:
    if connected := [who for who in named if who in file.conflicts]:
        raise ConnectedWithTheCase(
            f"Connected with this case, so it cannot be open to them: {_listed(connected)}."
        )


def nobody_admits_themselves(file: AccessFile, note: Note, around: Around) -> None:
    """Nobody opens a case to themselves that is shut to them, also by what they tell of one that is joined with
    it. Raises Refused.
    """
    match note.fact:
        case facts.AccessRestricted(named=named):
            shut = file.restricted is not None or around.domestic_abuse
        case facts.StaffAdmitted(who=who):
            shut, named = True, (who,)
        case _:
            return
    if shut and note.by.id in named and note.by.id not in {*file.admitted, *around.working_on_it}:
        raise AnotherPersonMustLook("Somebody else must admit you.")


def had_a_reason(file: AccessFile, note: Note) -> None:
    """Whoever took emergency access here, or to what is joined with it, had one before. Raises Refused."""
    if file.taken_without_reason(note.by.id):
        raise EmergencyAccessMisused(
            "You took emergency access to this case before, and a manager found no good reason. Ask a manager"
            " to admit you, or a colleague to act. If somebody is in danger now, ring 999."
        )


def _restriction_may_be_reviewed(file: AccessFile, note: Note) -> None:
    if file.restricted is None or RESTRICTION not in file.owed:
        raise NoRestrictionToLookAt("No restriction of this case is to be looked at.")
    if file.restricted_by == note.by.id:
        raise AnotherPersonMustLook("Somebody other than who restricted it must look at it.")


def _may_be_admitted(file: AccessFile, who: str, around: Around) -> None:
    _nobody_connected(file, who)
    if file.restricted is None and not around.domestic_abuse:
        raise AccessIsOpen("This case is not restricted: whoever works on cases sees it.")
    if who in file.admitted:
        raise AlreadyAdmitted(f"{who} has been admitted already.")


def _may_be_connected(file: AccessFile, who: str, note: Note) -> None:
    if who != note.by.id and note.by.role not in {Role.SUPERVISOR, Role.MANAGER}:
        raise ASupervisorSaysSo(
            "You can say that you are connected with a case. Of somebody else a supervisor does."
        )
    if who in file.conflicts:
        raise AlreadyConnected(f"{who} is down already as connected with this case.")


def _may_come_back(file: AccessFile, who: str, note: Note) -> None:
    if who not in file.conflicts:
        raise NotConnected(f"{who} is not down as connected with this case. They are: {_listed(file.conflicts)}.")
    if who == note.by.id:
        raise AnotherPersonMustLook("Somebody else must say that you are not connected with this case any more.")


def _may_be_reviewed(file: AccessFile, taken: str, note: Note) -> None:
    emergency = file.emergencies.get(taken)
    if emergency is None or emergency.reviewed_at is not None:
        waiting = [key for key, one in file.emergencies.items() if one.reviewed_at is None]
        raise NoEmergencyAccess(f"No emergency access of that id is to be looked at. Waiting: {_listed(waiting)}.")
    if emergency.who == note.by.id:
        raise AnotherPersonMustLook("Somebody other than who took it must look at it.")


def _listed(names: Iterable[str]) -> str:
    return ", ".join(names) or "nobody"
