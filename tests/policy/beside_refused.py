"""An example of each refusal about who may see a case and how long records are kept."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Final

from policy.access import facts as a
from policy.facts.base import Role
from policy.packs import readers
from policy.packs.readers import PackAsked, PackGround, Reader
from policy.retention import facts as r
from policy.retention.facts import HoldReason, StillNeeded
from policy.rules.giving import works_here
from tests.given import SUPERVISOR, case_of, london, report
from tests.policy import focusing as f
from tests.policy.test_access import BOSS, OFFICER, TAKEN, connected, looked_at, restricted, said, told
from tests.policy.test_policy_review import Review, forward, reviewed
from tests.policy.test_retention import MONDAY, PROTECTION, Decided

Act = Callable[[], object]


def held() -> Decided:
    one = Decided()
    one.tell(r.HoldPlaced(at=MONDAY, reason=HoldReason.COURT))
    return one


HOLD: Final = "hold-1"


def protected() -> Decided:
    one = Decided()
    one.tell(r.HoldPlaced(at=MONDAY, reason=HoldReason.COURT), PROTECTION, id_=HOLD)
    return one


def lifted() -> Decided:
    one = Decided().proposed()
    one.tell(r.HoldPlaced(at=MONDAY, reason=HoldReason.COURT), id_=HOLD)
    one.tell(r.HoldLifted(at=MONDAY, hold=HOLD))
    return one


def erased() -> Decided:
    one = Decided().proposed().approved()
    one.erased(london(2023, 7, 1))
    return one


ACCESS_REFUSED: Final[dict[str, tuple[Act, str, tuple[str, ...]]]] = {
    name: (act, "information-sharing", ())
    for name, act in {
        "AccessIsOpen": lambda: told(said(a.AccessOpened)),
        "AlreadyAdmitted": lambda: told(restricted("a"), said(a.StaffAdmitted, who="a")),
        "NotAdmitted": lambda: told(restricted("a"), said(a.AdmissionEnded, who="b")),
        "ConnectedWithTheCase": lambda: told(connected("a"), restricted("a")),
        "AlreadyConnected": lambda: told(connected("a"), connected("a")),
        "NotConnected": lambda: told(said(a.ConflictEnded, who="a")),
        "ASupervisorSaysSo": lambda: told((connected("a"), OFFICER)),
        "AnotherPersonMustLook": lambda: told(restricted("a"), said(a.StaffAdmitted, who=BOSS.id)),
        "EmergencyAccessMisused": lambda: told(TAKEN, looked_at(justified=False), TAKEN),
        "NoEmergencyAccess": lambda: told(TAKEN, said(a.EmergencyAccessReviewed, taken="x", justified=True)),
        "NoRestrictionToLookAt": lambda: told(said(a.RestrictionReviewed, agreed=True)),
    }.items()
} | {"HasLeft": (lambda: works_here("a", ["a"]), "new-cases-daily", ())}

_NEEDED: Final = r.ErasureRefused(at=MONDAY, why=StillNeeded.DISPUTE_EXPECTED, until=date(2025, 6, 5))

RETENTION_REFUSED: Final[dict[str, tuple[Act, str, tuple[str, ...]]]] = {
    "AlreadyErased": (lambda: erased().tell(r.HoldPlaced(at=MONDAY, reason=HoldReason.CLAIM)), "retention", ()),
    "ApprovedAlready": (lambda: Decided().proposed().approved().approved(), "retention", ()),
    "ErasureNotProposed": (lambda: Decided().approved(), "retention", ()),
    "HeldFromErasure": (lambda: held().proposed(), "retention", ()),
    "HoldOfDataProtection": (
        lambda: protected().tell(r.HoldLifted(at=MONDAY, hold=HOLD)),
        "retention",
        ("the data protection officer",),
    ),
    "LiftedItsHold": (lambda: lifted().tell(r.ErasureApproved(at=MONDAY)), "retention", ("another person",)),
    "NoSuchHold": (lambda: Decided().tell(r.HoldLifted(at=MONDAY, hold="x")), "retention", ("which hold",)),
    "NotForItsOfficer": (
        lambda: Decided().proposed().tell(r.ErasureApproved(at=MONDAY), SUPERVISOR),
        "retention",
        ("another person",),
    ),
    "ProposedAlready": (lambda: Decided().proposed().proposed(), "retention", ()),
    "RefusedForTooLong": (
        lambda: Decided().proposed().tell(_NEEDED),
        "retention",
        ("a day by which to look again",),
    ),
    "TooSoonToErase": (lambda: Decided().proposed().approved().erased(london(2023, 6, 6)), "retention", ()),
}


POLICY_REFUSED: Final[dict[str, tuple[Act, str, tuple[str, ...]]]] = {
    "ReviewOnlyComesForward": (lambda: Review().tell(forward(date(2018, 3, 23))), "policy-review", ()),
    "ReviewNamesItsEdition": (
        lambda: Review().tell(reviewed(MONDAY, "x").model_copy(update={"edition": None})),
        "policy-review",
        ("what the new edition is called",),
    ),
}


def pack(ground: PackGround) -> PackAsked:
    return PackAsked(reader=Reader.SUBJECT, ground=ground, purpose="Asked.", about="witness-9")


PACKS_REFUSED: Final[dict[str, tuple[Act, str, tuple[str, ...]]]] = {
    "PackNotForThem": (lambda: readers.check(pack(PackGround.RIGHT_OF_ACCESS), Role.OFFICER), "case-pack", ()),
    "NothingAllowsThePack": (
        lambda: readers.check(pack(PackGround.COURT_ORDER), Role.DATA_PROTECTION),
        "case-pack",
        ("what allows it",),
    ),
    "NotOnTheCaseOfThePack": (
        lambda: readers.check_about(pack(PackGround.RIGHT_OF_ACCESS), case_of(report(MONDAY))),
        "case-pack",
        (),
    ),
}

LATER: Final = london(2023, 7, 3)
FOCUS_AREAS_REFUSED: Final[dict[str, tuple[Act, str, tuple[str, ...]]]] = {
    name: (act, "focus-areas", ())
    for name, act in {
        "DecidedBeforeItWasProposed": lambda: f.Area().tell(f.accepted(f.MONDAY - timedelta(days=1))),
        "FocusAreaIsDecided": lambda: f.Area().tell(f.refused(LATER)).tell(f.accepted(LATER)),
        "FocusAreaNotUnderWay": lambda: f.Area().tell(f.reviewed(LATER)),
        "ReviewedBeforeItBegan": lambda: f.Area().tell(f.accepted(LATER)).tell(f.ended(MONDAY)),
        "ReviewsTooFarApart": lambda: f.Area().tell(f.accepted(LATER, every_working_days=99)),
    }.items()
}
