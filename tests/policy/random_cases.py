"""Random lives of a case: each step waits a while and then something is recorded, sensible or not."""

import os
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import count
from typing import Final, NamedTuple

from hypothesis import HealthCheck, Phase, settings

from policy import rules
from policy.case_file import CaseFile
from policy.company import COMPLAINANT
from policy.deadlines import deadlines
from policy.duties import Outcome, came_of, duties
from policy.facts import FACT_TYPES, SYSTEM, Actor, CaseFact, Entry, Role
from policy.facts.assessing import Assessed, Exclusion, Limb, Seriousness
from policy.facts.closing import Closing, ClosureProposed
from policy.facts.closing import Outcome as ClosedAs
from policy.facts.letters import LetterKind
from policy.facts.people import Means, Person
from policy.facts.questionnaires import QuestionnaireAnswered
from policy.facts.reporting import HatePerception, Perceiver, Strand
from policy.facts.reviewing import CaseAllocated
from policy.facts.ruling import EditionAdopted
from policy.facts.signposting import Signposted
from policy.letters_owed import LetterState
from policy.refusals import Refused
from policy.standing import actions
from tests.given import BY_POST, EDITION, OFFICER, ROWAN, SUPERVISOR, assessed, contact, report
from tests.policy import (
    coming_back,
    random_groups,
    random_letters,
    random_people,
    random_powers,
    random_proceedings,
    random_referrals,
    random_safety,
    warned,
)
from tests.policy import happenings as h
from tests.policy import random_across as across
from tests.policy.conduct_at_random import CONDUCT, asked_at_the_end, who_can_be_asked
from tests.policy.random_rulings import closure_days, miss
from tests.policy.told_at_random import matter_for, somebody, step_towards_its_end, told

EXAMPLES: Final = "CASEWORK_EXAMPLES"
"""How many random lives each test sees; new ones each time where it is set. `make soak` sets it."""

thoroughly = settings(
    max_examples=int(os.environ.get(EXAMPLES, "40")),
    derandomize=EXAMPLES not in os.environ,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)

ACTORS: Final = (OFFICER, h.ANOTHER_OFFICER, SUPERVISOR, h.ANOTHER_SUPERVISOR)
WAITS: Final = tuple(
    timedelta(minutes=m) for m in (0, 1, 59, 61, 8 * 60, 24 * 60, 3 * 24 * 60, 8 * 24 * 60, 40 * 24 * 60)
)
CATEGORIES: Final = ("noise", "environmental", "noise", "violence", "no-such-category", "noise", "hate")
STRANDS: Final[tuple[tuple[Strand, ...], ...]] = ((Strand.RACE,), (Strand.OTHER, Strand.DISABILITY), ())
COMPLAINANTS: Final = (ROWAN, ROWAN, ROWAN, BY_POST, BY_POST, Person(phone="01632 960001"), Person(), None)
OUTCOMES: Final = (ClosedAs.ENFORCED, ClosedAs.STOPPED, ClosedAs.SUPPORTED)

SENSIBLE: Final = "sensible"
BY_ITSELF: Final = {LetterState.OWED, LetterState.HELD}
TOWARDS_CLOSING: Final = "towards closing"


class Step(NamedTuple):
    """`pick` chooses between the variants of a kind, or between all that is possible now where kind is SENSIBLE;
    `late` is how long after it happened it is recorded.
    """

    kind: str
    wait: timedelta
    late: timedelta
    pick: int
    by: Actor


def perception(pick: int) -> HatePerception:
    return HatePerception(
        strands=STRANDS[pick % 3], perceived_by=list(Perceiver)[pick % 3], offence_alleged=pick % 2 == 0
    )


def judgement(at: datetime, pick: int) -> Assessed:
    return Assessed(
        at=at,
        seriousness=Seriousness.SERIOUS if pick % 2 else Seriousness.ORDINARY,
        categories=(CATEGORIES[pick % 7],),
        limb=list(Limb)[pick % 3] if pick % 4 < 2 else None,
        housing_function="Repairs." if pick % 7 else None,
        exclusion=list(Exclusion)[pick % 5] if pick % 4 > 1 or pick % 11 == 0 else None,
        reasons="As told.",
    )


def came_back(file: CaseFile, at: datetime, pick: int) -> CaseFact:
    """One that is in doubt, or any that may have gone before."""
    key = letter_key(file, pick)
    if (letter := file.letters.get(key)) is not None:
        return coming_back.came_back(at, key, letter.kind, letter.about, letter.to, letter.means)
    closing = file.proposed is not None and pick % 2 == 0
    kind, key = (
        (LetterKind.CLOSING_LETTER, file.proposed.letter)
        if closing and file.proposed
        else (LetterKind.ACKNOWLEDGEMENT, "acknowledgement")
    )
    return coming_back.came_back(at, key, kind, file.proposed.about if closing and file.proposed else "")


def letter_key(file: CaseFile, pick: int) -> str:
    return list(file.letters)[pick % len(file.letters)] if file.letters else "no-letter"


BUILDERS: dict[str, Callable[[CaseFile, datetime, int], CaseFact]] = {
    **random_people.BUILDERS,
    "incident_reported": lambda _, at, pick: h.incident(
        at, CATEGORIES[pick % 7], hate=perception(pick) if pick % 10 == 0 else None
    ),
    "hate_perceived": lambda _, at, pick: h.hate(at, perception(pick)),
    "complainant_details_told": lambda _, at, pick: h.details(at, COMPLAINANTS[pick % 7] or Person()),
    **across.BUILDERS,
    "contact_made": lambda _, at, pick: contact(at, every=(None, None, None, 1, 5, 20, 21)[pick % 7]),
    "contact_attempted": lambda _, at, __: h.attempt(at),
    "person_contacted": lambda file, at, pick: h.contacted(at, somebody(file, pick), list(Means)[pick % 5]),
    "appointment_offered": lambda file, at, pick: h.appointment(at, somebody(file, pick)),
    "police_advised": lambda file, at, pick: h.police_advice(at, somebody(file, pick)),
    "assessed": lambda _, at, pick: judgement(at, pick),
    "advice_given": lambda _, at, __: h.advice(at),
    "second_look_asked": lambda _, at, __: h.second_look(at),
    "second_look_answered": lambda _, at, __: h.second_look_answered(at),
    "case_allocated": lambda _, at, __: CaseAllocated(at=at, officer="officer-2"),
    "case_reviewed": lambda _, at, __: h.review(at),
    "closure_proposed": lambda _, at, pick: h.proposal(at, OUTCOMES[pick % 3]),
    "closure_approved": lambda _, at, __: h.approval(at),
    "closure_declined": lambda _, at, __: h.refusal_to_close(at),
    "case_closed": lambda _, at, pick: h.closed(at, list(Closing)[pick % 5]),
    **random_letters.BUILDERS,
    "letter_sent": lambda file, at, pick: h.sent(at, letter_key(file, pick), police_advice=pick % 3 == 0),
    "letter_not_sent": lambda file, at, pick: h.not_sent(at, letter_key(file, pick)),
    "letter_ready_to_post": lambda file, at, pick: h.ready_to_post(at, letter_key(file, pick)),
    "letter_held_up": lambda file, at, pick: h.held_up(at, letter_key(file, pick)),
    "letter_refused": lambda file, at, pick: h.not_taken(at, letter_key(file, pick)),
    "letter_in_doubt": lambda file, at, pick: h.in_doubt(at, letter_key(file, pick)),
    "letter_came_back": came_back,
    "deadline_missed": miss,
    "edition_adopted": lambda _, at, pick: EditionAdopted(
        at=at, edition=EDITION.name if pick % 3 else "1999-01-01", reasons="New."
    ),
    "closure_days_adopted": lambda file, at, pick: closure_days(at, file, pick),
    "report_received": lambda _, at, __: report(at),
    "signposted": lambda _, at, pick: Signposted(
        at=at, agencies=(EDITION.signposts[pick % 4].key, "no-such-help")[: 1 + (pick % 5 == 0)]
    ),
    "perpetrator_written_to": lambda _, at, pick: h.told_off(at, nothing_identifies=pick % 5 > 0),
    "questionnaire_answered": lambda file, at, pick: h.answered(
        at, matter_for(QuestionnaireAnswered, file, pick)
    ).model_copy(update={"answers": {"satisfied": ("very", "fairly", "no-such-answer")[pick % 3]}}),
}
BUILDERS |= random_safety.BUILDERS | CONDUCT | warned.BUILDERS | random_powers.BUILDERS
BUILDERS |= random_proceedings.BUILDERS | random_groups.BUILDERS | random_referrals.BUILDERS
for _name, _kind in FACT_TYPES.items():
    BUILDERS.setdefault(_name, partial(told, _kind))


def somebody_else(file: CaseFile) -> Actor:
    """A supervisor who has not given the advice, proposed the closure, or brought a matter where it is."""
    decided = {file.advised.by if file.advised else None, file.proposed.by if file.proposed else None}
    decided |= {one for matter in file.matters.values() for one in (matter.by, matter.begun_by)}
    supervisors = (Actor(id=f"supervisor-{n}", role=Role.SUPERVISOR) for n in count(1))
    return next(one for one in supervisors if one.id not in decided)


IN_EARNEST: Final[dict[str, Callable[[str, CaseFile, datetime], list[CaseFact]]]] = {
    **dict.fromkeys(across.SENSIBLE, across.sensible),
    **dict.fromkeys(random_people.BUILDERS, random_people.sensible),
    "person_contacted": lambda _, file, at: [h.contacted(at, key) for key in file.people if key != COMPLAINANT],
    **dict.fromkeys(random_letters.BUILDERS, random_letters.sensible),
    "ground_proven": warned.known_ones,
    **dict.fromkeys(("warning_proposed", "notice_proposed"), warned.sensible),
    **dict.fromkeys(random_powers.BUILDERS, random_powers.sensible),
    **dict.fromkeys(random_proceedings.BUILDERS, random_proceedings.sensible),
    **dict.fromkeys(random_groups.SENSIBLE, random_groups.sensible),
    **dict.fromkeys(random_referrals.BUILDERS, random_referrals.sensible),
    "hearing_held": lambda _, file, at: [*random_safety.heard(file, at)],
    "witness_supported": lambda _, file, at: [*random_safety.supported_at_hearings(file, at)],
    "need_ended": lambda _, file, at: [*random_safety.needs_that_can_end(file, at)],
}
TELLS_OTHERS: Final = {
    *("disclosure_recorded", "referral_proposed", "group_called", "group_meeting_arranged"),
    *("power_asked", "closure_asked", "partners_consulted", "group_told_of_refusal", "agency_told_of_refusal"),
}
"""Where somebody has said no to it, only a supervisor may."""


def sensible(kind: str, file: CaseFile, at: datetime) -> list[tuple[CaseFact, Actor]]:
    """Facts of this kind that an officer would record in earnest, by whoever may."""
    if kind == "case_closed":
        return [(h.closed(at, closing), somebody_else(file)) for closing in Closing]
    if kind in {"letter_sent", "letter_not_sent"}:
        became = h.sent if kind == "letter_sent" else h.not_sent
        waiting = [key for key, letter in file.letters.items() if letter.state not in BY_ITSELF]
        return [(became(at, key), somebody_else(file)) for key in waiting]
    if kind == "assessed":
        judgements = [assessed(at, serious=True)]
        if file.hate is None:
            judgements += [assessed(at), assessed(at, exclusion=Exclusion.ONE_OFF)]
        return [(one, OFFICER) for one in judgements]
    if kind in warned.STEPS_OF_A_GROUND:
        return [(one, somebody_else(file)) for one in warned.steps(warned.STEPS_OF_A_GROUND[kind], file, at)]
    if kind in IN_EARNEST:
        by = somebody_else(file) if kind in TELLS_OTHERS else OFFICER
        return [(one, by) for one in IN_EARNEST[kind](kind, file, at)]
    by = OFFICER if kind in {"advice_given", "closure_proposed"} else somebody_else(file)
    return [(BUILDERS[kind](file, at, 7), by)]


def possible(file: CaseFile, at: datetime) -> list[tuple[CaseFact, Actor]]:
    """What may be recorded now, and what may have become of the letters that are owed."""
    allowed = [action.fact for action in actions(file, EDITION, Role.SUPERVISOR) if action.refusal is None]
    tries = (one for kind in allowed for one in sensible(kind, file, at))
    facts = [one for one in tries if one[0].at <= at and is_taken(file, *one, at)]
    if file.closed_at is None:
        facts += [(h.incident(at, category), OFFICER) for category in ("noise", "noise", "violence")]
    facts += [(fact, SYSTEM) for fact in across.from_other_cases(file, at)]
    news = (*random_proceedings.news(file, at), *random_referrals.news(file, at))
    facts += [(fact, SYSTEM) for fact in news]
    outcomes = (Outcome.SENT, Outcome.READY_TO_POST, Outcome.SENT, Outcome.IN_DOUBT, Outcome.SENT, Outcome.REFUSED)
    return facts + [(came_of(duty, outcome, at), SYSTEM) for duty in duties(file) for outcome in outcomes]


def towards_closing(file: CaseFile, at: datetime) -> list[tuple[CaseFact, Actor]]:
    """The step on the long way to a closing letter that is next, if one is."""
    by = somebody_else(file)
    told = [
        (h.sent(at, key), SYSTEM) for key, one in file.letters.items() if one.kind is LetterKind.CLOSING_LETTER
    ]
    unassessed = file.assessment is None or file.reassess_since is not None
    running = deadlines(file, EDITION)
    owed = {deadline.key for deadline in running}
    refusal = rules.refusal_now(file, ClosureProposed, EDITION)
    needed = refusal.missing_facts if refusal else ()
    steps: list[tuple[CaseFact, Actor]] = [
        (h.closed(at), by),
        *told,
        (h.approval(at), by),
        *([(h.proposal(at), OFFICER)] if file.proposed is None else []),
        (h.second_look_answered(at), by),
        *([(contact(at), by)] if file.first_contact_at is None else []),
        *([(assessed(at, serious=file.serious), OFFICER)] if unassessed else []),
        *([(h.police_advice(at, who_can_be_asked(file)), by)] if "police-advice" in owed else []),
        *([(h.appointment(at, who_can_be_asked(file)), by)] if "appointment" in owed else []),
        *[(fact, by) for fact in asked_at_the_end(file, at) if fact.fact in needed],
        *[(one, by) for deadline in running if (one := random_safety.keeps(deadline, file, at))],
        *[(one, by) for deadline in running if (one := random_groups.keeps(deadline, at))],
        *((step_towards_its_end(file, key, at), by) for key in file.matters),
    ]
    return [step for step in steps if is_taken(file, *step, at)][:1]


def is_taken(file: CaseFile, fact: CaseFact, by: Actor, now: datetime) -> bool:
    try:
        rules.check(file, Entry(id="try", by=by, recorded_at=now, fact=fact), EDITION)
    except Refused:
        return False
    return True


KINDS: Final = (*BUILDERS, *[SENSIBLE] * 40, *[TOWARDS_CLOSING] * 12)
FIRST_DAY: Final = datetime(2020, 1, 1, tzinfo=UTC)
SEVEN_YEARS_IN_MINUTES: Final = 7 * 365 * 24 * 60
