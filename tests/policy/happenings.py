"""Facts as officers and residents would record them, with nothing said that the example does not need."""

from datetime import datetime
from typing import Any

from policy import folding, rules
from policy.case_file import CaseFile
from policy.company import Link
from policy.deadlines import Deadline, deadlines
from policy.editions import of
from policy.facts import Actor, CaseFact, Role
from policy.facts.assessing import Advice, AdviceGiven, SecondLookAnswered, SecondLookAsked
from policy.facts.auditing import PatternFound, PatternName
from policy.facts.closing import CaseClosed, Closing, ClosureApproved, ClosureDeclined, ClosureProposed, Outcome
from policy.facts.consent import ConsentGiven, ConsentRefused, Purpose
from policy.facts.consequences import ClosingDiscussed, PerpetratorNotTold, PerpetratorWrittenTo
from policy.facts.contact import (
    AppointmentOffered,
    ComplainantDetailsTold,
    ContactAttempted,
    PersonContacted,
    PoliceAdvised,
)
from policy.facts.effects import Cause, EffectRecorded
from policy.facts.joining import CaseJoined, CaseSeparated, IncidentSeparated, ReportJoined
from policy.facts.letters import (
    LetterAskedFor,
    LetterHeld,
    LetterHeldUp,
    LetterInDoubt,
    LetterNotSent,
    LetterReadyToPost,
    LetterRefused,
    LetterReleased,
    LetterSent,
    LetterWorded,
)
from policy.facts.linking import CasesLinked, CasesUnlinked, Tie
from policy.facts.mediating import MediationAgreed, MediationOffered, MediationReferred, Side
from policy.facts.parts import Earlier, Leaving, Part, PersonIdentified, PersonJoined, PersonLeft
from policy.facts.people import Means, Person
from policy.facts.policing import PoliceReferralMade
from policy.facts.publicity import SuccessRecorded
from policy.facts.questionnaires import QuestionnaireAnswered
from policy.facts.reporting import Channel, HatePerceived, HatePerception, IncidentReported, Perceiver, Strand
from policy.facts.reviewing import CaseReviewed, PowerWeighed, WhyNot
from policy.standing import standing
from tests.given import EDITION, OFFICER, SUPERVISOR, entry

ANOTHER_OFFICER = Actor(id="officer-2", role=Role.OFFICER)
ANOTHER_SUPERVISOR = Actor(id="supervisor-2", role=Role.SUPERVISOR)
CASEWORK = Actor(id="casework", role=Role.SYSTEM)
RACE = HatePerception(strands=(Strand.RACE,), perceived_by=Perceiver.WITNESS)

ANSWERS = {question.key: "Yes." for question in EDITION.review_questions}
POWERS = tuple(
    PowerWeighed(power=power.key, used=False, why_not=WhyNot.NOT_PROPORTIONATE) for power in EDITION.powers
)


def incident(at: datetime, category: str | None = "noise", **more: Any) -> IncidentReported:
    return IncidentReported(at=at, channel=Channel.PHONE, words="Again.", category=category, **more)


def hate(at: datetime, perception: HatePerception = RACE) -> HatePerceived:
    return HatePerceived(at=at, hate=perception, words="He said why.")


def appointment(at: datetime, person: str = "complainant") -> AppointmentOffered:
    return AppointmentOffered(at=at, person=person, means=Means.PHONE, appointment_at=at, words="Tomorrow at ten?")


def police_advice(at: datetime, person: str = "complainant") -> PoliceAdvised:
    return PoliceAdvised(at=at, person=person, means=Means.PHONE, words="Ring 999.")


def contacted(at: datetime, person: str, means: Means = Means.PHONE, *, reached: bool = True) -> PersonContacted:
    return PersonContacted(at=at, person=person, means=means, reached=reached, words="We spoke.")


def attempt(at: datetime) -> ContactAttempted:
    return ContactAttempted(at=at, means=Means.PHONE, words="No answer.")


def advice(at: datetime) -> AdviceGiven:
    return AdviceGiven(at=at, advice=Advice.SPEAK_FIRST, reasons="They may not know.")


def police_agreed(at: datetime, person: str = "complainant") -> ConsentGiven:
    return ConsentGiven(at=at, purpose=Purpose.POLICE, person=person, words="Yes, tell them.")


def police_not_wanted(at: datetime, person: str = "complainant") -> ConsentRefused:
    return ConsentRefused(at=at, purpose=Purpose.POLICE, person=person, words="No police.")


def police_referral(at: datetime, lawful_reason: str | None = None) -> PoliceReferralMade:
    return PoliceReferralMade(at=at, words="As the report says.", lawful_reason=lawful_reason)


def effect(at: datetime) -> EffectRecorded:
    said = {"effect": "Nobody uses the yard.", "words": "As neighbours say."}
    return EffectRecorded(at=at, causes=(Cause.ALCOHOL,), substantial=True, **said)


def referred_to_mediation(at: datetime, seq: int = 5) -> tuple[CaseFact, ...]:
    """Both sides asked, agreed and referred, on a case that holds `seq` minus one facts."""
    return (
        MediationOffered(at=at, side=Side.COMPLAINANT, words="Would you?"),
        MediationAgreed(at=at, matter=f"mediation-offer-{seq}", words="Yes."),
        MediationOffered(at=at, side=Side.PERPETRATOR, words="Would you?"),
        MediationAgreed(at=at, matter=f"mediation-offer-{seq + 2}", words="Yes."),
        MediationReferred(at=at, words="To the mediators."),
    )


def success(at: datetime) -> SuccessRecorded:
    return SuccessRecorded(at=at, words="The court has granted an injunction.")


def second_look(at: datetime) -> SecondLookAsked:
    return SecondLookAsked(at=at, words="I do not agree.")


def second_look_answered(at: datetime) -> SecondLookAnswered:
    return SecondLookAnswered(at=at, upheld=True, reasons="We looked again.")


def review(at: datetime) -> CaseReviewed:
    """Complete, also where the case is about hate."""
    return CaseReviewed(at=at, policy_followed=True, words="As it should be.", answers=ANSWERS, powers=POWERS)


def proposal(at: datetime, outcome: Outcome = Outcome.STOPPED) -> ClosureProposed:
    return ClosureProposed(at=at, outcome=outcome, explanation="It has stopped.")


def approval(at: datetime) -> ClosureApproved:
    return ClosureApproved(at=at, words="Agreed.")


def refusal_to_close(at: datetime) -> ClosureDeclined:
    return ClosureDeclined(at=at, reasons="Ring her first.")


def closed(at: datetime, closing: Closing = Closing.WITH_LETTER) -> CaseClosed:
    return CaseClosed(at=at, closing=closing, reasons="Done.")


def discussed(at: datetime) -> ClosingDiscussed:
    return ClosingDiscussed(at=at, agrees=True, words="Fine by her.")


def told_off(at: datetime, *, nothing_identifies: bool = True) -> PerpetratorWrittenTo:
    return PerpetratorWrittenTo(
        at=at,
        alleged="Shouting at night.",
        decided="We believe it.",
        happens_next="We visit on Friday.",
        nothing_identifies=nothing_identifies,
    )


def not_told(at: datetime) -> PerpetratorNotTold:
    return PerpetratorNotTold(at=at, reasons="Nobody knows who it was.")


def answered(at: datetime, key: str) -> QuestionnaireAnswered:
    return QuestionnaireAnswered(at=at, matter=key, answers={"satisfied": "fairly"})


def sent(at: datetime, key: str, *, police_advice: bool = False) -> LetterSent:
    return LetterSent(at=at, key=key, means=Means.EMAIL, police_advice=police_advice)


def details(at: datetime, complainant: Person) -> ComplainantDetailsTold:
    return ComplainantDetailsTold(at=at, complainant=complainant)


def taken_on(at: datetime, key: str, part: Part, **more: Any) -> PersonJoined:
    return PersonJoined(at=at, key=key, part=part, **more)


def identified(at: datetime, key: str, person: str, earlier: Earlier | None = None) -> PersonIdentified:
    return PersonIdentified(at=at, key=key, person=person, earlier=earlier)


def left(at: datetime, key: str, why: Leaving = Leaving.MOVED_AWAY) -> PersonLeft:
    return PersonLeft(at=at, key=key, why=why)


def not_sent(at: datetime, key: str) -> LetterNotSent:
    return LetterNotSent(at=at, key=key)


def ready_to_post(at: datetime, key: str) -> LetterReadyToPost:
    return LetterReadyToPost(at=at, key=key)


def held_up(at: datetime, key: str) -> LetterHeldUp:
    return LetterHeldUp(at=at, key=key)


def not_taken(at: datetime, key: str) -> LetterRefused:
    return LetterRefused(at=at, key=key)


def in_doubt(at: datetime, key: str) -> LetterInDoubt:
    return LetterInDoubt(at=at, key=key)


def joined(at: datetime, into: str = "CW-2023-000002") -> CaseJoined:
    return CaseJoined(at=at, into=into, reasons="The same music.")


def separated(at: datetime) -> CaseSeparated:
    return CaseSeparated(at=at, reasons="Another flat after all.")


def report_joined(
    at: datetime,
    categories: tuple[str, ...] = ("noise",),
    hate: HatePerception | None = None,
    *,
    serious: bool = False,
    from_case: str = "CW-2023-000003",
) -> ReportJoined:
    since = at if serious or hate else None
    return ReportJoined(
        at=at,
        from_case=from_case,
        categories=categories,
        reports=(at,),
        hate=hate,
        hate_since=at if hate else None,
        serious_since=since,
    )


def incident_separated(at: datetime, incident: str, file: CaseFile) -> IncidentSeparated:
    """As the door makes it, with when the incident was reported: here, the newest."""
    newest = file.reports[-1] if file.reports and incident not in file.brought else None
    return IncidentSeparated(at=at, incident=incident, reasons="Another matter.", reported_at=newest)


def linked(at: datetime, other: str, tie: Tie = Tie.SAME_PEOPLE) -> CasesLinked:
    return CasesLinked(at=at, other=other, tie=tie)


def unlinked(at: datetime, link: Link | None = None) -> CasesUnlinked:
    other, tie = (link.other, link.tie) if link else ("CW-2023-000002", Tie.SAME_PEOPLE)
    return CasesUnlinked(at=at, other=other, tie=tie, reasons="A mistake.")


def closed_with(at: datetime, other: str) -> CaseClosed:
    return CaseClosed(at=at, closing=Closing.JOINED, reasons="Done.", with_case=other)


def pattern(at: datetime, name: PatternName = PatternName.SILENCE) -> PatternFound:
    return PatternFound(at=at, pattern=name, row="regular-contact", sentence="Nobody has spoken to them.")


def recorded(
    file: CaseFile, *facts: CaseFact, by: Actor | None = None, recorded_at: datetime | None = None
) -> CaseFile:
    """Checked and folded, each by whoever usually records it unless somebody is named."""
    for fact in facts:
        one = entry(fact, by or usual_actor(fact), recorded_at)
        edition = of(file.edition)
        rules.check(file, one, edition)
        file = folding.after(file, one, edition)
    return file


def usual_actor(fact: CaseFact) -> Actor:
    if isinstance(fact, LetterAskedFor | LetterHeld | LetterReleased | LetterWorded):
        return OFFICER
    if fact.fact.startswith("letter_") or fact.fact in {"deadline_missed", "report_joined", "pattern_found"}:
        return CASEWORK
    if fact.fact == "second_look_answered":
        return ANOTHER_OFFICER
    supervising = {
        "case_reviewed",
        "closure_approved",
        "closure_declined",
        "edition_adopted",
        "publicity_approved",
        "surveillance_authorised",
        "surveillance_refused",
        "surveillance_renewed",
    }
    return SUPERVISOR if fact.fact in supervising else OFFICER


def owed(file: CaseFile) -> dict[str, Deadline]:
    return {d.key: d for d in deadlines(file, of(file.edition))}


def set_aside(file: CaseFile) -> dict[str, str]:
    return {s.key: s.why for s in standing(file, of(file.edition)).set_aside}
