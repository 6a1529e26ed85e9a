"""An example of each refusal about warnings and notices: what is refused, under which row, what is missing."""

from collections.abc import Callable
from typing import Final

from policy.case_file import CaseFile
from policy.facts import CaseFact, powers
from policy.facts.consent import ConsentGiven, Purpose
from policy.facts.disclosing import DisclosureRecorded, Gateway
from policy.facts.grounds import GroundProven
from policy.facts.needs import NeedTold
from policy.facts.parts import Leaving
from policy.facts.proceedings import LegalActionProposed
from policy.legal_action import facts as acts
from policy.legal_action.windows import Ground
from tests.given import OFFICER, SUPERVISOR, case_of, report
from tests.policy import happenings as h
from tests.policy.legal_action.acting import (
    ISSUED,
    NOTICE,
    REVIEWED,
    TO_COURT,
    empty,
    ended,
    in_force,
    proposed,
    told,
)
from tests.policy.warned import DAY, MONDAY, WEEKLY, agreed, letter, notice, proven, served, to_be_warned

SOMEBODY: Final = "5f0c4f3e-8f0e-4c8e-9a51-000000000001"


def ordinary(*more: CaseFact) -> CaseFile:
    return h.recorded(case_of(report(MONDAY)), *more)


def asked(power: str, person: str | None = None) -> CaseFact:
    return powers.PowerAsked(at=MONDAY, power=power, asked_of="council", person=person, words="As told.")


def told_to(agency: str) -> CaseFact:
    return DisclosureRecorded(
        at=MONDAY, to=agency, about=("complainant",), what="Her name.", why="Help.", gateway=Gateway.CONSENT
    )


def known_twice() -> CaseFact:
    return GroundProven(at=MONDAY, proven=proven(MONDAY.date()))


def injunction(**more: object) -> CaseFact:
    told = {"remedy": "injunction", "person": "perpetrator-1", "tenure": "assured", "reasons": "As told."}
    return LegalActionProposed.model_validate({"at": MONDAY, "very_serious": "Fire."} | told | more)


LEGAL_REFUSED: Final[dict[str, tuple[Callable[[], object], str, tuple[str, ...]]]] = {
    "AlreadyAsked": (
        lambda: to_be_warned(*[asked("public_spaces_protection_order", "perpetrator-1")] * 2),
        "other-powers",
        ("an end to the request that is open",),
    ),
    "WarningNotPossible": (
        lambda: to_be_warned(letter(MONDAY, "starter_warning")),
        "formal-warnings",
        ("another kind of warning or notice",),
    ),
    "WarningIsOpen": (
        lambda: to_be_warned(letter(MONDAY), letter(MONDAY)),
        "formal-warnings",
        ("an end to the earlier one",),
    ),
    "EarlierWarningMissing": (
        lambda: to_be_warned(notice(MONDAY, Ground.GROUND_14)),
        "formal-warnings",
        ("an earlier warning",),
    ),
    "AnotherPersonMustAgree": (
        lambda: h.recorded(to_be_warned(letter(MONDAY)), agreed(MONDAY, "warning-3"), by=OFFICER),
        "formal-warnings",
        (),
    ),
    "GroundNotMet": (
        lambda: to_be_warned(
            notice(
                MONDAY,
                Ground.GROUND_7A,
                very_serious="He was convicted.",
                tenancy=WEEKLY,
                proven=proven(MONDAY.date().replace(year=2022)),
            )
        ),
        "ground-7a",
        (),
    ),
    "GroundKnownAlready": (lambda: to_be_warned(known_twice(), known_twice()), "ground-7a", ()),
    "PowerNotKnown": (
        lambda: ordinary(asked(power="banishment")),
        "other-powers",
        ("one of these powers",),
    ),
    "WarningMustComeFirst": (
        lambda: to_be_warned(asked(power="community_protection_notice", person="perpetrator-1")),
        "community-protection-notice",
        ("a written warning",),
    ),
    "AgainstWhomNotSaid": (
        lambda: to_be_warned(asked(power="community_protection_notice")),
        "community-protection-notice",
        ("against whom you ask for it",),
    ),
    "OldEnoughNotSaid": (
        lambda: h.recorded(
            h.recorded(to_be_warned(letter(MONDAY)), agreed(MONDAY, "warning-3"), by=SUPERVISOR),
            served(MONDAY, "warning-3"),
            h.identified(MONDAY, "perpetrator-1", SOMEBODY).model_copy(update={"minor": True}),
            asked(power="community_protection_notice", person="perpetrator-1"),
        ),
        "community-protection-notice",
        ("whether they are old enough",),
    ),
    "ClosedTooLong": (
        lambda: ordinary(
            powers.ClosureAsked(at=MONDAY, asked_of="police", words="Dealing."),
            powers.ClosureNoticeServed(at=MONDAY, matter="closure-2", words="Served."),
            powers.ClosureOrderMade(
                at=MONDAY, matter="closure-2", ends=MONDAY.date() + 100 * DAY, words="Closed."
            ),
        ),
        "closure-notice",
        ("an earlier end",),
    ),
    "DisabilityMeetingMissing": (
        lambda: to_be_warned(
            NeedTold(at=MONDAY, person="perpetrator-1", kind="disability", words="As told."),
            notice(MONDAY, Ground.GROUND_14, very_serious="Fire."),
        ),
        "disability-meeting",
        ("meeting about a disability",),
    ),
    "AgencyUnknown": (lambda: ordinary(told_to("nobody")), "information-sharing", ("to whom",)),
    "ConsentToSomethingElse": (
        lambda: ordinary(ConsentGiven(at=MONDAY, purpose=Purpose.POLICE, agency="council", words="Yes.")),
        "information-sharing",
        (),
    ),
    "NoGateway": (
        lambda: ordinary(told_to("council")),
        "information-sharing",
        ("the consent of the complainant",),
    ),
    "LegalTestNotMet": (
        lambda: to_be_warned(injunction(very_serious=None)),
        "legal-test",
        ("a formal warning that was not heeded, or what was very serious",),
    ),
    "LegalActionGoesOn": (
        lambda: to_be_warned(injunction(), h.left(MONDAY, "perpetrator-1", Leaving.BY_MISTAKE)),
        "legal-remedies",
        ("an end to the legal action",),
    ),
    "LegalStepNotOpen": (lambda: told(empty(), REVIEWED), "legal-remedies", ()),
    "RemedyNotPossible": (
        lambda: told(empty(), proposed("banishment")),
        "legal-remedies",
        ("a remedy that there is",),
    ),
    "WindowNotOpen": (
        lambda: told(
            empty(),
            proposed("possession", window=NOTICE.model_copy(update={"opens": NOTICE.closes})),
            *TO_COURT,
        ),
        "legal-remedies",
        (),
    ),
    "OrderNotPossible": (
        lambda: in_force(acts.Order(exclusion=True), remedy="demotion"),
        "legal-remedies",
        (),
    ),
    "SolicitorMustAgree": (lambda: told(empty(), proposed(), REVIEWED, ISSUED), "solicitor-gate", ()),
    "AnotherPersonMustReview": (
        lambda: told(told(empty(), proposed()), REVIEWED, by=OFFICER),
        "legal-reviews",
        (),
    ),
    "CourtHasNotDecided": (
        lambda: told(empty(), proposed(), ended(MONDAY, acts.Ended.DISCHARGED)),
        "court-decides",
        ("how it ended",),
    ),
}
