"""Referrals in tests: what is told of them, and their file after it."""

from datetime import date, datetime, timedelta
from typing import Any, Final

from policy.deadlines import Deadline
from policy.editions.agencies import AgencyChannel
from policy.facts import SYSTEM, Actor, Fact
from policy.facts.disclosing import Gateway
from policy.referral import facts as f
from policy.referral import folding, rules
from policy.referral.codes import ReferralOutcome
from policy.referral.deadlines import deadlines
from policy.referral.facts import ReferralEntry
from policy.referral.referral import ReferralFile
from tests.given import EDITION, OFFICER, empty_file, london

MONDAY: Final = london(2023, 6, 5)
MINUTE: Final = timedelta(minutes=1)
DAY: Final = timedelta(days=1)
WEEK: Final = timedelta(weeks=1)
BY_THE_SYSTEM: Final = (
    f.ReferralBegun,
    f.ConsentTold,
    f.ReferralSent,
    f.ReferralNotDelivered,
    f.CaseTold,
)


def empty(day: date = date(2023, 6, 5)) -> ReferralFile:
    case = empty_file(day)
    return ReferralFile(ref=f"{case.ref}-7", case=case.ref, edition=case.edition, closure_days=case.closure_days)


def begun(at: datetime = MONDAY, **more: Any) -> Fact:
    said: dict[str, Any] = {
        "proposed": "fact-of-the-case",
        "proposed_by": OFFICER.id,
        "agency": "victim_support",
        "about": ("complainant",),
        "gateway": Gateway.CONSENT,
        "by_channel": AgencyChannel.MAIL,
    }
    return f.ReferralBegun.model_validate({"at": at} | said | more)


def told(
    file: ReferralFile, *told_of: Fact, by: Actor = OFFICER, recorded_at: datetime | None = None
) -> ReferralFile:
    for fact in told_of:
        who = SYSTEM if isinstance(fact, BY_THE_SYSTEM) else by
        entry = ReferralEntry.model_validate(
            {"id": f"fact-{file.seq + 1}", "by": who, "recorded_at": recorded_at or fact.at, "fact": fact}
        )
        rules.check(file, entry, EDITION)
        file = folding.after(file, entry, EDITION)
    return file


def owed(file: ReferralFile) -> dict[str, Deadline]:
    return {one.key: one for one in deadlines(file, EDITION)}


def the_one(file: ReferralFile) -> Deadline:
    (one,) = owed(file).values()
    return one


SENT: Final = f.ReferralSent(at=MONDAY + MINUTE, key="send-1")
FAILED: Final = f.ReferralNotDelivered(at=MONDAY + 5 * MINUTE, key="send-1")
IN_DOUBT: Final = FAILED.model_copy(update={"in_doubt": True})
HANDED_OVER: Final = f.ReferralHandedOver(at=MONDAY + DAY, words="Told them on the telephone.")
ACKNOWLEDGED: Final = f.ReferralAcknowledged(at=MONDAY + DAY)
TAKEN_UP: Final = f.ReferralAnswered(at=MONDAY + 2 * DAY, taken_up=True, words="We will see her.")
DECLINED: Final = TAKEN_UP.model_copy(update={"taken_up": False})
GOING_WELL: Final = f.ReferralWorkReported(at=MONDAY + WEEK, words="She comes every week.")
REFERRED: Final = (begun(), SENT)


def chased(at: datetime, by_when: date | None = None) -> Fact:
    return f.ReferralChased(at=at, by_when=by_when, words="Rang them.")


def consent(at: datetime, *, stands: bool = False, stays: bool = False) -> Fact:
    """`stays`: what went does, although it no longer stands."""
    return f.ConsentTold(at=at, stands=stands, stays=stands or stays)


def ended(at: datetime, outcome: ReferralOutcome = ReferralOutcome.HELPED) -> Fact:
    return f.ReferralEnded(at=at, outcome=outcome, reasons="As agreed.")


def agency_told(at: datetime) -> Fact:
    return f.AgencyToldOfWithdrawal(at=at, words="Rang them.")
