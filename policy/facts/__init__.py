"""What can happen on a case. One type per happening: request body, Temporal payload and timeline entry."""

import hashlib
import json
from typing import Annotated, Final, get_args

from pydantic import AwareDatetime, Field

from policy.facts.agreeing import (
    AgreementBreached,
    AgreementEnded,
    AgreementExtended,
    AgreementProposed,
    AgreementRefused,
    AgreementReviewed,
    AgreementSigned,
    BreachDecided,
)
from policy.facts.assessing import AdviceGiven, Assessed, SecondLookAnswered, SecondLookAsked
from policy.facts.base import BORDER, SYSTEM, Actor, Fact, Role
from policy.facts.closing import CaseClosed, ClosureApproved, ClosureDeclined, ClosureProposed
from policy.facts.consent import (
    ConsentAsked,
    ConsentGiven,
    ConsentRefused,
    ConsentWithdrawn,
)
from policy.facts.consequences import ClosingDiscussed, PerpetratorNotTold, PerpetratorWrittenTo
from policy.facts.contact import (
    AppointmentOffered,
    ComplainantDetailsTold,
    ContactAttempted,
    ContactMade,
    PoliceAdvised,
)
from policy.facts.effects import (
    EffectRecorded,
)
from policy.facts.evidence import (
    DiaryChased,
    DiaryGivenUp,
    DiaryIssued,
    DiaryReturned,
    EvidenceRead,
    EvidenceReceived,
)
from policy.facts.interviewing import (
    InterviewFoundUnsafe,
    InterviewHeld,
    InterviewMoved,
    InterviewOffered,
    InterviewRefused,
)
from policy.facts.joining import CaseJoined, CaseSeparated, IncidentSeparated, ReportJoined
from policy.facts.letters import (
    LetterHeldUp,
    LetterInDoubt,
    LetterNotSent,
    LetterReadyToPost,
    LetterRefused,
    LetterSent,
)
from policy.facts.linking import CasesLinked, CasesUnlinked
from policy.facts.mediating import (
    MediationAgreed,
    MediationDeclined,
    MediationEnded,
    MediationOffered,
    MediationReferred,
    MediatorAsked,
)
from policy.facts.parts import PersonIdentified, PersonJoined, PersonLeft
from policy.facts.policing import (
    CrimeAlleged,
    PoliceReferralAcknowledged,
    PoliceReferralAnswered,
    PoliceReferralChased,
    PoliceReferralDeclined,
    PoliceReferralEnded,
    PoliceReferralMade,
)
from policy.facts.promising import (
    ActionDone,
    ActionDropped,
    ActionMoved,
    ActionPlanned,
    AnswerReceived,
    ChaseAnswered,
    Chased,
    PromiseBroken,
    PromiseKept,
    PromiseMade,
    PromiseMoved,
    WaitBegun,
    WaitEnded,
    WaitExtended,
)
from policy.facts.publicity import (
    PublicityApproved,
    PublicityDeclined,
    PublicityGivenOut,
    PublicityWorded,
    SuccessRecorded,
)
from policy.facts.questionnaires import QuestionnaireAnswered
from policy.facts.remedies import (
    RemedyWishesAsked,
    RemedyWishesGiven,
    RemedyWishesLeft,
    RemedyWishesTold,
)
from policy.facts.reporting import HatePerceived, IncidentReported, ReportReceived
from policy.facts.reviewing import CaseAllocated, CaseReviewed, CoverArranged
from policy.facts.ruling import ClosureDaysAdopted, DeadlineMissed, EditionAdopted
from policy.facts.signposting import Signposted
from policy.facts.surveillance import (
    CameraTakenDown,
    SurveillanceAsked,
    SurveillanceAuthorised,
    SurveillanceRefused,
    SurveillanceRenewed,
    SurveillanceReviewed,
)
from policy.facts.tenancies import (
    StarterTenancyEndDecided,
    StarterTenancyExtended,
    StarterTenancyKnown,
    StarterTenancyPassed,
)
from policy.facts.wishing import AnonymityWished, ComplaintWithdrawn, ContactDeclined, ContactWanted
from policy.frozen import Frozen

CaseFact = Annotated[
    ReportReceived
    | IncidentReported
    | HatePerceived
    | ComplainantDetailsTold
    | CaseJoined
    | CaseSeparated
    | ReportJoined
    | IncidentSeparated
    | CasesLinked
    | CasesUnlinked
    | PersonJoined
    | PersonIdentified
    | PersonLeft
    | ContactMade
    | ContactAttempted
    | AppointmentOffered
    | PoliceAdvised
    | Assessed
    | AdviceGiven
    | SecondLookAsked
    | SecondLookAnswered
    | CaseAllocated
    | CaseReviewed
    | PromiseMade
    | PromiseKept
    | PromiseMoved
    | PromiseBroken
    | Chased
    | ChaseAnswered
    | ActionPlanned
    | ActionDone
    | ActionMoved
    | ActionDropped
    | WaitBegun
    | AnswerReceived
    | WaitExtended
    | WaitEnded
    | ClosureProposed
    | ClosureApproved
    | ClosureDeclined
    | CaseClosed
    | LetterSent
    | LetterNotSent
    | LetterReadyToPost
    | LetterHeldUp
    | LetterRefused
    | LetterInDoubt
    | DeadlineMissed
    | EditionAdopted
    | ClosureDaysAdopted
    | ContactDeclined
    | ComplaintWithdrawn
    | AnonymityWished
    | ContactWanted
    | QuestionnaireAnswered
    | PerpetratorWrittenTo
    | PerpetratorNotTold
    | ClosingDiscussed
    | CoverArranged
    | Signposted
    | DiaryIssued
    | DiaryChased
    | DiaryReturned
    | DiaryGivenUp
    | EvidenceReceived
    | EvidenceRead
    | SurveillanceAsked
    | SurveillanceAuthorised
    | SurveillanceRefused
    | SurveillanceReviewed
    | SurveillanceRenewed
    | CameraTakenDown
    | InterviewOffered
    | InterviewMoved
    | InterviewHeld
    | InterviewRefused
    | InterviewFoundUnsafe
    | MediationOffered
    | MediationAgreed
    | MediationDeclined
    | MediationReferred
    | MediatorAsked
    | MediationEnded
    | AgreementProposed
    | AgreementSigned
    | AgreementRefused
    | AgreementReviewed
    | AgreementExtended
    | AgreementEnded
    | AgreementBreached
    | BreachDecided
    | StarterTenancyKnown
    | StarterTenancyPassed
    | StarterTenancyExtended
    | StarterTenancyEndDecided
    | ConsentAsked
    | ConsentGiven
    | ConsentRefused
    | ConsentWithdrawn
    | CrimeAlleged
    | PoliceReferralMade
    | PoliceReferralDeclined
    | PoliceReferralAcknowledged
    | PoliceReferralChased
    | PoliceReferralAnswered
    | PoliceReferralEnded
    | RemedyWishesAsked
    | RemedyWishesTold
    | RemedyWishesLeft
    | RemedyWishesGiven
    | SuccessRecorded
    | PublicityWorded
    | PublicityApproved
    | PublicityDeclined
    | PublicityGivenOut
    | EffectRecorded,
    Field(discriminator="fact"),
]

FACT_TYPES: Final[dict[str, type[Fact]]] = {
    kind.model_fields["fact"].default: kind for kind in get_args(get_args(CaseFact)[0])
}
"""Every fact type by the name it carries in its field `fact`."""


class Entry(Frozen):
    """A fact as recorded: under which id (the Idempotency-Key), by whom, and when we learnt it.
    `digest` tells two bodies under one id apart; the door that took the body makes it, so it outlives our types.
    """

    id: str
    by: Actor
    recorded_at: AwareDatetime
    fact: CaseFact
    digest: str = ""

    @property
    def at(self) -> AwareDatetime:
        return self.fact.at


def digest(body: object) -> str:
    """SHA-256 over a JSON body, 32 hexadecimal digits."""
    return hashlib.sha256(canonical(body).encode()).hexdigest()[:32]


def canonical(value: object) -> str:
    """One spelling for one content: sorted keys, no white space, no escapes that JSON does not need."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


__all__ = [
    "BORDER",
    "FACT_TYPES",
    "SYSTEM",
    "Actor",
    "CaseFact",
    "Entry",
    "Fact",
    "Role",
    "canonical",
    "digest",
]
