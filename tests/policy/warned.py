"""Formal warnings and notices in tests: what is proposed, agreed to and served."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any, Final

from policy.case_file import CaseFile
from policy.disability import in_the_way
from policy.facts import CaseFact
from policy.facts import warning as w
from policy.facts.consequences import ABOUT
from policy.facts.grounds import GroundProven
from policy.facts.matters import MatterKind, Step
from policy.facts.parts import Part
from policy.facts.people import Party
from policy.legal_action.proven import Condition, Proven
from policy.legal_action.windows import ABSOLUTE, Ground, Periodic
from policy.rules.matters import open_for
from policy.tenure import Tenure
from tests.given import SUPERVISOR, case_of, london, report
from tests.policy import happenings as h
from tests.policy.told_at_random import matter_for, told

MONDAY: Final = london(2023, 6, 5)
DAY: Final = timedelta(days=1)
PAT: Final = Party(name="Pat Sample", address=("3 Invented Row", "Sevenoaks"))
POSTED: Final = "warning-4"
"""The warning letter of `warned_by_post`."""
WEEKLY: Final = Periodic(begins=date(2020, 6, 1))


def letter(at: datetime, step: str = "warning_letter", tenure: Tenure = Tenure.ASSURED, **more: Any) -> CaseFact:
    told: dict[str, Any] = {"alleged": "Shouting at night.", "decided": "We believe it.", "happens_next": "Stop."}
    return w.WarningProposed.model_validate(
        {"at": at, "step": step, "tenure": tenure, "nothing_identifies": True} | told | more
    )


def notice(
    at: datetime,
    *grounds: Ground,
    step: str = "notice_seeking_possession",
    tenure: Tenure = Tenure.ASSURED,
    **more: Any,
) -> CaseFact:
    return w.NoticeProposed(at=at, step=step, tenure=tenure, grounds=grounds, reasons="It goes on.", **more)


def proven(on: date, condition: Condition = Condition.SERIOUS_OFFENCE, **more: Any) -> Proven:
    told = {"court": "Maidstone Crown Court", "proof": "Certificate of conviction, in the case file"}
    return Proven.model_validate({"condition": condition, "on": on, "within_limits": True} | told | more)


def agreed(at: datetime, matter: str) -> CaseFact:
    return w.WarningApproved(at=at, matter=matter, reasons="Yes.")


def served(at: datetime, matter: str) -> CaseFact:
    return w.WarningServed(at=at, matter=matter, words="Handed over at the door.")


def appealed(at: datetime, matter: str) -> CaseFact:
    return w.GroundAppealed(at=at, matter=matter, words="Against the conviction.")


def appeal_ended(at: datetime, matter: str, on: date) -> CaseFact:
    return w.GroundAppealEnded(at=at, matter=matter, on=on, words="It was given up.")


def taken_back(at: datetime, matter: str) -> CaseFact:
    return w.WarningTakenBack(at=at, matter=matter, reasons="It was somebody else.")


def told_so(at: datetime, matter: str) -> CaseFact:
    return w.TakingBackTold(at=at, matter=matter, words="At the door, and they understood.")


def reviewed(at: datetime, matter: str, *, heeded: bool = False) -> CaseFact:
    return w.WarningReviewed(at=at, matter=matter, heeded=heeded, words="It went on on Sunday.")


def to_be_warned(*more: CaseFact, about: Party | None = PAT) -> CaseFile:
    """The effect is recorded, under 2; what comes next is 3."""
    return h.recorded(case_of(report(MONDAY, about=about), h.effect(MONDAY)), *more)


def warned_by_post(step: str = "warning_letter", tenure: Tenure = Tenure.ASSURED) -> CaseFile:
    """Its letter was posted on Tuesday."""
    file = h.recorded(to_be_warned(letter(MONDAY, step, tenure)), agreed(MONDAY, "warning-3"), by=SUPERVISOR)
    return h.recorded(file, h.ready_to_post(MONDAY, POSTED), h.sent(MONDAY + DAY, POSTED))


def with_notice(*grounds: Ground) -> CaseFile:
    """Served on Monday a week later."""
    file = h.recorded(warned_by_post(), notice(MONDAY + 6 * DAY, *(grounds or (Ground.GROUND_14,))))
    file = h.recorded(file, agreed(MONDAY + 6 * DAY, "notice-7"), by=SUPERVISOR)
    return h.recorded(file, served(MONDAY + 7 * DAY, "notice-7"))


STEPS: Final = (
    "warning_letter",
    "starter_warning",
    "notice_seeking_possession",
    "notice_seeking_demotion",
    "agreement",
)
TENURES: Final = (Tenure.STARTER, Tenure.ASSURED, Tenure.NONE)


def at_random(file: CaseFile, at: datetime, pick: int, *, by_notice: bool) -> CaseFact:
    about = next((key for key in file.people if key.startswith("perpetrator")), "perpetrator-1")
    step, tenure = STEPS[pick % len(STEPS)], TENURES[pick // 5 % 3]
    serious = "He held a knife." if pick % 3 else None
    if not by_notice:
        return letter(at, step, tenure, person=about, very_serious=serious, nothing_identifies=pick % 7 > 0)
    since = proven((at - (pick % 500) * DAY).date(), list(Condition)[pick % 5]) if pick % 2 else None
    ground = list(Ground)[pick // 3 % 4]
    more = {"person": about, "very_serious": serious, "proven": since, "tenancy": WEEKLY if pick % 4 else None}
    return notice(at, ground, step=step, tenure=tenure, **more)


def sensible(kind: str, file: CaseFile, at: datetime) -> list[CaseFact]:
    """To each who is complained about, in each way that there is; a notice for what was too serious to wait."""
    about = [key for key, one in file.present.items() if one.part in {Part.PERPETRATOR, Part.HOUSEHOLD_MEMBER}]
    if kind == "warning_proposed":
        steps = (("warning_letter", Tenure.ASSURED), ("starter_warning", Tenure.STARTER))
        ways = [(*step, serious) for step in steps for serious in (None, "Fire.")]
        return [letter(at, *step, person=key, very_serious=serious) for key in about for *step, serious in ways]
    since = {"very_serious": "Fire.", "proven": proven(at.date() - 90 * DAY), "tenancy": WEEKLY}
    grounds = [(one,) for one in Ground] + [
        (Ground.GROUND_14, one) for one in (Ground.GROUND_12, Ground.GROUND_14A)
    ]
    return [notice(at, *some, person=key, **since) for key in about for some in grounds]


def steps(kind: type[Step], file: CaseFile, at: datetime) -> list[CaseFact]:
    """Of each that takes one: now, or written down late, on the first day on which it could be taken. What was
    proven may have been known for months: whoever writes that down so late is late.
    """
    keys = open_for(file, kind)
    if kind is w.GroundAppealEnded:
        return [appeal_ended(at, key, at.date()) for key in keys]
    late = {
        key: one.since
        for key in keys
        if (one := file.matters[key]).kind is not MatterKind.GROUND and not in_the_way(file, one.person or ABOUT)
    }
    return [told(kind, file, when, 7, matter=key) for key in keys for when in (at, late.get(key, at))]


def known(file: CaseFile, at: datetime, pick: int) -> CaseFact:
    about = next((key for key in file.people if key.startswith("perpetrator")), "perpetrator-1")
    what = proven((at - (pick % 500) * DAY).date(), list(Condition)[pick % 5], within_limits=pick % 9 > 0)
    return GroundProven(at=at, person=about, ground=list(ABSOLUTE)[pick % 2], proven=what)


def known_ones(_kind: str, file: CaseFile, at: datetime) -> list[CaseFact]:
    about = [key for key, one in file.present.items() if one.part in {Part.PERPETRATOR, Part.HOUSEHOLD_MEMBER}]
    days = (at.date() - days * DAY for days in range(90))
    return [GroundProven(at=at, person=key, proven=proven(day)) for day in days for key in about]


STEPS_OF_A_GROUND: Final[dict[str, type[Step]]] = {
    "warning_approved": w.WarningApproved,
    "warning_served": w.WarningServed,
    "ground_appealed": w.GroundAppealed,
    "ground_appeal_ended": w.GroundAppealEnded,
}


BUILDERS: Final[dict[str, Callable[[CaseFile, datetime, int], CaseFact]]] = {
    "warning_proposed": lambda file, at, pick: at_random(file, at, pick, by_notice=False),
    "ground_proven": known,
    "notice_proposed": lambda file, at, pick: at_random(file, at, pick, by_notice=True),
    "ground_appeal_ended": lambda file, at, pick: appeal_ended(
        at, matter_for(w.GroundAppealEnded, file, pick), (at - (pick % 40) * DAY).date()
    ),
}
