"""A case on which everything is done in time is never flagged, whatever else happens on it."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from hypothesis import given
from hypothesis import strategies as st

from policy import folding, rules
from policy.case_file import CaseFile
from policy.consents import agrees_beside_others, awaited, victims, victims_agree
from policy.deadlines import Deadline, deadlines, stem_of, without_number
from policy.deadlines.mediation import fits
from policy.deadlines.policing import can_still_be_asked
from policy.duties import Outcome, came_of, duties
from policy.facts import SYSTEM, Actor, CaseFact, Entry
from policy.facts.assessing import Assessed, Seriousness
from policy.facts.consent import Purpose
from policy.facts.contact import ContactMade
from policy.facts.groups import GroupEnded
from policy.facts.hearings import HearingHeld, When
from policy.facts.joining import PoliceToldWhereJoined
from policy.facts.matters import MatterKind
from policy.facts.mediating import MediationAgreed, MediationDeclined
from policy.facts.policing import PoliceReferralDeclined, PoliceToldOfWithdrawal
from policy.facts.proceedings import Heard
from policy.facts.publicity import PublicityApproved, PublicityDeclined, PublicityGivenOut
from policy.facts.questionnaires import QuestionnaireAnswered
from policy.facts.reviewing import CaseAllocated
from policy.facts.warning import WarningApproved, WarningServed, WarningTakenBack
from policy.ledger import Ending, lines
from policy.matters import stage_of
from policy.refusals import Refused
from policy.rules import serving
from policy.working_days import london_day
from tests.given import EDITION, assessed, contact
from tests.policy import happenings as h
from tests.policy import random_groups, random_letters, random_powers, random_safety
from tests.policy.conduct_at_random import who_can_be_asked
from tests.policy.random_cases import (
    ACTORS,
    BUILDERS,
    SENSIBLE,
    TOWARDS_CLOSING,
    possible,
    somebody_else,
    thoroughly,
    towards_closing,
)
from tests.policy.random_lives import begun, dice, reported
from tests.policy.told_at_random import step_towards_its_end, told

WHAT_IS_OWED: Final = "what is owed"
CHANGES_THE_CLOCK: Final = {"deadline_missed", "edition_adopted", "closure_days_adopted"}
RESTS: Final = {"case_joined", "case_separated"}
"""What stands by itself again after it had joined another case may be late at once."""
SURPRISES: Final = sorted(set(BUILDERS) - CHANGES_THE_CLOCK - RESTS)
KINDS: Final = (*SURPRISES, *[SENSIBLE] * 20, *[WHAT_IS_OWED] * 10, *[TOWARDS_CLOSING] * 3)
Turn = tuple[str, float, int, Actor]
OUTCOMES: Final = (Outcome.SENT, Outcome.SENT, Outcome.READY_TO_POST, Outcome.REFUSED, Outcome.IN_DOUBT)


def reassess(file: CaseFile, at: datetime) -> Assessed:
    told = assessed(at, serious=file.serious)
    return told if file.hate is None else told.model_copy(update={"seriousness": Seriousness.SERIOUS})


def referred_or_not(file: CaseFile, at: datetime) -> CaseFact:
    """Not where the victim of hate cannot be asked, nor where one wants nobody told."""
    unasked = file.hate is not None and victims_agree(file, Purpose.POLICE) is None
    against = any(agrees_beside_others(file, Purpose.POLICE, who) is False for who in victims(file))
    if unasked or against:
        return PoliceReferralDeclined(at=at, reasons="They do not want anybody told, or cannot be asked.")
    return h.police_referral(at)


def police_or_not(file: CaseFile, at: datetime, person: str) -> CaseFact:
    """Whoever wants no agency told at that very moment wants no police: of a yes and a no then the no counts."""
    said = file.consents.get(f"{Purpose.REFERRAL}:{person}", ())
    none_then = any(one.at == at and not one.agreed for one in said)
    return h.police_not_wanted(at, person) if none_then else h.police_agreed(at, person)


def heard_at_once(fact: CaseFact, now: datetime) -> CaseFact:
    """What another case told the police counts from when it did: heard days later, it may be late already."""
    return fact.model_copy(update={"told_at": now}) if isinstance(fact, PoliceToldWhereJoined) else fact


def nobody_is_against_publicity(file: CaseFile) -> bool:
    """Nor was asked and has not answered."""
    waiting = any(awaited(file, Purpose.PUBLICITY, who) for who in victims(file))
    return not waiting and victims_agree(file, Purpose.PUBLICITY) is not False


KEEPS: Final[dict[str, Callable[[CaseFile, datetime], CaseFact]]] = {
    "allocation": lambda _, at: CaseAllocated(at=at, officer="officer-1"),
    "first-contact": lambda _, at: contact(at),
    "regular-contact": lambda _, at: contact(at),
    "assessment": reassess,
    "reassessment": reassess,
    "further-incident": reassess,
    "appointment": lambda file, at: h.appointment(at, who_can_be_asked(file)),
    "police-advice": lambda file, at: h.police_advice(at, who_can_be_asked(file)),
    "second-look": lambda _, at: h.second_look_answered(at),
    "review": lambda _, at: h.review(at),
    "risk-review": lambda _, at: h.review(at),
    "closure-approval": lambda _, at: h.approval(at),
    "police-consent": lambda file, at: police_or_not(file, at, who_can_be_asked(file)),
    "police-referral": referred_or_not,
    "police-withdrawal": lambda _, at: PoliceToldOfWithdrawal(at=at, words="They know."),
}


class KeptCase:
    """A case whose every deadline is met before it falls due, and that asserts that none ever shows red."""

    def __init__(self, file: CaseFile, now: datetime) -> None:
        self.file = file
        self.now = now

    def record(self, fact: CaseFact, by: Actor) -> None:
        self.prepare(fact)
        one = Entry(id=f"fact-{self.file.seq}", by=by, recorded_at=self.now, fact=fact)
        rules.check(self.file, one, EDITION)
        after = folding.after(self.file, one, EDITION)
        for line in lines(deadlines(self.file, EDITION), deadlines(after, EDITION), one):
            assert line.noticed_at is None
            assert line.ended is None or line.ended.ending in {Ending.KEPT, Ending.WITHDRAWN, Ending.MOVED}, line
        self.file = after

    def prepare(self, fact: CaseFact) -> None:
        """Whoever has not been prepared before a hearing never will be; a group hears of a no before it ends."""
        first: list[str] = []
        if isinstance(fact, HearingHeld):
            first = [f"hearing-{When.BEFORE}:{fact.matter}:"]
        elif isinstance(fact, Heard):
            held = [key for key, day in fact.court_days().items() if day is not None and day.heard_at is not None]
            first = [f"hearing-{When.BEFORE}:{key}:" for key in held]
        elif isinstance(fact, GroupEnded):
            first = [f"group-refusal:{fact.matter}"]
        for owed in deadlines(self.file, EDITION):
            if owed.key.startswith(tuple(first)):
                self.keep(owed)

    def try_(self, fact: CaseFact, by: Actor) -> None:
        try:
            self.record(fact, by)
        except Refused:
            return

    def send_letters(self, pick: int) -> None:
        for duty in duties(self.file):
            self.record(came_of(duty, OUTCOMES[pick % 5], self.now), SYSTEM)

    def keep(self, owed: Deadline) -> None:
        if owed.key.startswith("letter:"):
            key = owed.key.removeprefix("letter:")
            held = "letter_released" in owed.met_by
            fact: CaseFact = random_letters.released(self.now, key) if held else h.sent(self.now, key)
        elif (told := random_groups.keeps(owed, self.now) or random_powers.keeps(owed, self.now)) is not None:
            fact = told
        elif owed.key in self.file.matters:
            fact = self.step(owed)
        elif (matter := owed.key.partition(":")[2]) in self.file.matters:
            fact = step_towards_its_end(self.file, matter, self.now)
        elif (safe := random_safety.keeps(owed, self.file, self.now)) is not None:
            fact = safe
        else:
            fact = KEEPS[stem_of(owed.key)](self.file, self.now)
        self.record(fact, somebody_else(self.file))
        if owed.key == "police-consent":
            self.ask_the_others()
        assert owed.due > self.now or owed not in deadlines(self.file, EDITION)

    def ask_the_others(self) -> None:
        """Every victim is asked by the day on which the first is due."""
        for person in can_still_be_asked(self.file):
            self.record(police_or_not(self.file, self.now, person), somebody_else(self.file))

    def can_be_done(self, owed: Deadline) -> bool:
        """Nothing of a hearing is, before its day."""
        hearing = self.file.hearings.get(owed.key.split(":")[1] if ":" in owed.key else owed.key)
        before = hearing is not None and stem_of(owed.key) != "hearing-before"
        return not before or london_day(self.now) >= hearing.on

    def step(self, owed: Deadline) -> CaseFact:
        kind = next(iter(stage_of(self.file.matters[owed.key]).steps))
        if kind in {PublicityApproved, PublicityGivenOut} and not nobody_is_against_publicity(self.file):
            kind = PublicityDeclined
        if kind is MediationAgreed and not fits(self.file, EDITION):
            kind = MediationDeclined
        if kind in {WarningApproved, WarningServed} and not self.goes_on(owed.key):
            kind = WarningTakenBack
        if without_number(owed.key) == MatterKind.GROUP:
            return random_groups.kept(kind, self.file, owed.key, self.now)
        if kind is ContactMade:
            return contact(self.now)
        if kind is QuestionnaireAnswered:
            return h.answered(self.now, owed.key)
        return told(kind, self.file, self.now, 0, matter=owed.key, by_when=None)

    def goes_on(self, notice: str) -> bool:
        """Not where a disability is known of by now, or its ground does not stand any more."""
        try:
            serving.may_go_on(self.file, notice, self.now, EDITION)
        except Refused:
            return False
        return True

    def earliest(self) -> Deadline | None:
        owed = deadlines(self.file, EDITION)
        for deadline in owed:
            assert deadline.due >= self.now, f"late at once: {deadline.why}"
            assert not deadline.noticed
        return owed[0] if owed else None


@st.composite
def lives(draw: st.DrawFn) -> tuple[tuple[CaseFile, datetime], list[Turn]]:
    roll = draw(dice)
    shares = (0.0, 0.3, 0.99, 1.0)
    turns = [
        (roll.choice(KINDS), roll.choice(shares), roll.randrange(1000), roll.choice(ACTORS))
        for _ in range(roll.randint(15, 40))
    ]
    return begun(reported(roll)), turns


@thoroughly
@given(lives())
def test_a_case_that_does_everything_on_time_is_never_flagged(
    life: tuple[tuple[CaseFile, datetime], list[Turn]],
) -> None:
    beginning, turns = life
    live(KeptCase(*beginning), turns)


def live(case: KeptCase, turns: list[Turn]) -> None:
    """Raises AssertionError as soon as something shows red."""
    for kind, share, pick, by in turns:
        case.send_letters(pick)
        owed = case.earliest()
        left = owed.due - case.now if owed else timedelta(days=1)
        case.now += left * share
        if kind == SENSIBLE:
            left_out = {"closure_days_adopted"} | RESTS
            choice = [one for one in possible(case.file, case.now) if one[0].fact not in left_out]
            if choice:
                fact, who = choice[pick % len(choice)]
                case.record(heard_at_once(fact, case.now), who)
        elif kind == TOWARDS_CLOSING:
            for one in towards_closing(case.file, case.now):
                case.record(*one)
        elif kind != WHAT_IS_OWED:
            case.try_(heard_at_once(BUILDERS[kind](case.file, case.now, pick), case.now), by)
        while (owed := case.earliest()) is not None and owed.due == case.now:
            case.keep(owed)
        if owed is not None and kind == WHAT_IS_OWED and case.can_be_done(owed):
            case.keep(owed)
