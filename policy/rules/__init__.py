"""May this fact be recorded on this case now? Every rule is found from here."""

from collections.abc import Callable
from functools import singledispatch
from typing import Final

from policy.case_file import CaseFile
from policy.editions import Edition
from policy.facts import (
    Entry,
    agreeing,
    contact,
    effects,
    joining,
    letters,
    linking,
    mediating,
    publicity,
    reporting,
    ruling,
    surveillance,
    tenancies,
)
from policy.facts import assessing as assessments
from policy.facts import closing as closings
from policy.facts import parts as parts_taken
from policy.facts import policing as police
from policy.facts import reviewing as reviews
from policy.facts.base import Fact, Role
from policy.facts.consequences import PerpetratorWrittenTo
from policy.facts.matters import Begun, Step
from policy.facts.questionnaires import QuestionnaireAnswered
from policy.facts.reviewing import CoverArranged
from policy.facts.signposting import Signposted
from policy.refusals import Refusal, Refused
from policy.rules import (
    across,
    assessing,
    closing,
    conduct,
    consequences,
    decisions,
    matters,
    mediation,
    parts,
    policing,
    questionnaires,
    reviewing,
    signposting,
    telling,
    whenever,
)
from policy.working_days import london_day

Precondition = Callable[[CaseFile, Edition], None]

_BEFORE: Final[dict[type[Fact], Precondition]] = {
    contact.ContactMade: lambda file, _: telling.complainant_is_reachable(file),
    contact.AppointmentOffered: lambda file, _: telling.complainant_is_reachable(file),
    parts_taken.PersonLeft: lambda file, _: parts.somebody_can_leave(file),
    assessments.AdviceGiven: lambda file, _: assessing.advice_fits(file),
    assessments.SecondLookAsked: lambda file, _: assessing.there_is_advice_to_look_at(file),
    assessments.SecondLookAnswered: lambda file, _: assessing.a_second_look_was_asked(file),
    closings.ClosureProposed: closing.ready_to_propose,
    closings.ClosureApproved: closing.awaits_approval,
    closings.ClosureDeclined: closing.awaits_approval,
    joining.CaseJoined: lambda file, _: across.may_join(file),
    joining.CaseSeparated: lambda file, _: across.is_joined(file),
    joining.IncidentSeparated: lambda file, _: across.has_incidents(file),
    linking.CasesUnlinked: lambda file, _: across.has_links(file),
    letters.LetterSent: lambda file, _: whenever.a_letter_waits(file),
    letters.LetterNotSent: lambda file, _: whenever.a_letter_waits(file),
    PerpetratorWrittenTo: lambda file, _: consequences.somebody_can_be_written_to(file),
    mediating.MediationOffered: mediation.mediation_fits,
    mediating.MediationReferred: mediation.both_sides_agreed,
    agreeing.AgreementBreached: conduct.some_agreement_is_signed,
}
"""What must hold before a kind of fact is possible at all, whatever it says."""

_SOMEHOW: Final[dict[type[Fact], Precondition]] = {closings.CaseClosed: closing.can_close_somehow}
"""The same where what it says decides: asked before there is a fact, and not of one that can be judged itself."""


def check(file: CaseFile, entry: Entry, edition: Edition) -> None:
    """Raises a Refused that names the row and what is missing; otherwise the entry may be folded."""
    kind = type(entry.fact)
    whenever.not_in_the_future(entry.at, entry.recorded_at)
    whenever.case_takes(file, kind)
    if not isinstance(entry.fact, reporting.IncidentReported | joining.ReportJoined | ruling.DeadlineMissed):
        whenever.not_before_the_report(file, entry)
    _content(entry.fact, file, entry, edition)
    conduct.effect_was_weighed(file, entry.fact)
    if isinstance(entry.fact, Begun | Step):
        matters.day_is_agreeable(entry.fact, edition)
    if isinstance(entry.fact, Step):
        matters.this_matter_takes(file, entry.fact)
    if (before := _BEFORE.get(kind)) and entry.by.role is not Role.SYSTEM:
        before(file, edition)


def taken_as_told(entry: Entry, edition: Edition) -> None:
    """What a report or incident must get right before it is kept; once kept it is never refused."""
    fact = entry.fact
    whenever.not_in_the_future(entry.at, entry.recorded_at)
    if isinstance(fact, reporting.ReportReceived | reporting.IncidentReported):
        telling.categories_are_known((fact.category,) if fact.category else (), edition)
        telling.hate_has_a_strand(fact.hate)


def refusal_now(file: CaseFile, kind: type[Fact], edition: Edition) -> Refusal | None:
    """Why this kind of fact cannot be recorded now, or None when it can."""
    try:
        whenever.case_takes(file, kind)
        matters.some_matter_takes(file, kind)
        conduct.effect_is_known(file, kind)
        if before := _BEFORE.get(kind) or _SOMEHOW.get(kind):
            before(file, edition)
    except Refused as refused:
        return refused.refusal
    return None


@singledispatch
def _content(_fact: Fact, _file: CaseFile, _entry: Entry, _edition: Edition) -> None:
    """Most facts are taken as told."""


@_content.register
def _(_fact: reporting.ReportReceived, _file: CaseFile, entry: Entry, edition: Edition) -> None:
    taken_as_told(entry, edition)


@_content.register
def _(fact: reporting.HatePerceived, _file: CaseFile, _entry: Entry, _edition: Edition) -> None:
    telling.hate_has_a_strand(fact.hate)


@_content.register
def _(fact: contact.ComplainantDetailsTold, _file: CaseFile, _entry: Entry, _edition: Edition) -> None:
    telling.details_say_how(fact)


@_content.register
def _(fact: contact.ContactMade, _file: CaseFile, _entry: Entry, edition: Edition) -> None:
    telling.interval_is_agreeable(fact, edition)


@_content.register
def _(fact: parts_taken.PersonJoined, file: CaseFile, _entry: Entry, _edition: Edition) -> None:
    parts.can_join(file, fact)


@_content.register
def _(fact: parts_taken.PersonIdentified, file: CaseFile, _entry: Entry, _edition: Edition) -> None:
    parts.can_be_identified(file, fact)


@_content.register
def _(fact: parts_taken.PersonLeft, file: CaseFile, _entry: Entry, _edition: Edition) -> None:
    parts.can_leave(file, fact)


@_content.register
def _(fact: assessments.Assessed, file: CaseFile, _entry: Entry, edition: Edition) -> None:
    telling.categories_are_known(fact.categories, edition)
    assessing.hate_stays_serious(file, fact)
    assessing.excluded_is_not_serious(fact)
    assessing.meets_the_definition_or_is_excluded(fact)


@_content.register
def _(_fact: assessments.SecondLookAnswered, file: CaseFile, entry: Entry, _edition: Edition) -> None:
    assessing.somebody_else_looks(file, entry)


@_content.register
def _(_fact: closings.ClosureApproved, file: CaseFile, entry: Entry, _edition: Edition) -> None:
    closing.somebody_else_approves(file, entry)


@_content.register
def _(fact: closings.CaseClosed, file: CaseFile, entry: Entry, edition: Edition) -> None:
    across.closes_with_its_case(file, fact, entry)
    closing.closes_as_it_says(file, fact, edition)


@_content.register
def _(fact: joining.CaseJoined, file: CaseFile, _entry: Entry, _edition: Edition) -> None:
    across.joins_another(file, fact)


@_content.register
def _(_fact: joining.CaseSeparated, file: CaseFile, _entry: Entry, _edition: Edition) -> None:
    across.is_joined(file)


@_content.register
def _(fact: joining.ReportJoined, file: CaseFile, _entry: Entry, _edition: Edition) -> None:
    across.takes_report(file, fact)


@_content.register
def _(fact: joining.IncidentSeparated, file: CaseFile, entry: Entry, _edition: Edition) -> None:
    across.separates_an_incident(file, fact, entry)


@_content.register
def _(fact: linking.CasesLinked, file: CaseFile, _entry: Entry, _edition: Edition) -> None:
    across.links_another(file, fact)


@_content.register
def _(fact: linking.CasesUnlinked, file: CaseFile, _entry: Entry, _edition: Edition) -> None:
    across.is_linked(file, fact)


@_content.register(letters.LetterSent)
@_content.register(letters.LetterNotSent)
def _(fact: letters.LetterSent | letters.LetterNotSent, file: CaseFile, entry: Entry, _edition: Edition) -> None:
    whenever.this_letter_waits(file, fact, by_system=entry.by.role is Role.SYSTEM)


@_content.register
def _(fact: ruling.EditionAdopted, _file: CaseFile, _entry: Entry, _edition: Edition) -> None:
    decisions.edition_is_released(fact)


@_content.register
def _(fact: ruling.ClosureDaysAdopted, file: CaseFile, _entry: Entry, edition: Edition) -> None:
    decisions.closure_days_are_sane(fact, file, edition)


@_content.register
def _(fact: closings.ClosureProposed, file: CaseFile, _entry: Entry, _edition: Edition) -> None:
    closing.outcome_is_so(fact, file)


@_content.register
def _(fact: QuestionnaireAnswered, _file: CaseFile, _entry: Entry, edition: Edition) -> None:
    questionnaires.answers_are_known(fact, edition)


@_content.register
def _(fact: PerpetratorWrittenTo, file: CaseFile, _entry: Entry, _edition: Edition) -> None:
    consequences.nobody_is_given_away(fact, file)


@_content.register
def _(fact: Signposted, _file: CaseFile, _entry: Entry, edition: Edition) -> None:
    signposting.signposts_are_known(fact, edition)


@_content.register
def _(fact: CoverArranged, _file: CaseFile, _entry: Entry, edition: Edition) -> None:
    matters.lies_ahead(fact.until, london_day(fact.at), edition, field="until")


_content.register(police.PoliceReferralMade, policing.victim_consents)
_content.register(reviews.CaseReviewed, reviewing.review_is_complete)
_content.register(surveillance.SurveillanceAsked, conduct.not_covert_by_us)
_content.register(surveillance.SurveillanceAuthorised, conduct.somebody_else_authorises)
_content.register(surveillance.SurveillanceRenewed, conduct.somebody_else_authorises)
_content.register(agreeing.AgreementSigned, conduct.ends_in_time)
_content.register(agreeing.AgreementExtended, conduct.ends_in_time)
_content.register(agreeing.AgreementBreached, conduct.agreement_is_signed)
_content.register(tenancies.StarterTenancyKnown, conduct.ends_in_time)
_content.register(tenancies.StarterTenancyExtended, conduct.ends_in_time)
_content.register(publicity.PublicityApproved, conduct.nobody_can_be_known)
_content.register(effects.EffectRecorded, conduct.causes_are_said)


__all__ = ["Refusal", "Refused", "check", "refusal_now"]
