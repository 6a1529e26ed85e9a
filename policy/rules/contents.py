"""What each kind of fact must say to be recorded on this case."""

from collections.abc import Callable, Mapping
from typing import Any, Final, NamedTuple

from policy.case_file import CaseFile
from policy.editions import Edition
from policy.facts import (
    Entry,
    agreeing,
    consent,
    contact,
    effects,
    grounds,
    health,
    hearings,
    joining,
    letters,
    linking,
    mediating,
    needs,
    promising,
    publicity,
    reporting,
    risk,
    ruling,
    safety,
    support,
    surveillance,
    tenancies,
    warning,
)
from policy.facts import assessing as assessments
from policy.facts import auditing as found
from policy.facts import closing as closings
from policy.facts import disability as disabled
from policy.facts import disclosing as disclosures
from policy.facts import groups as agencies
from policy.facts import parts as parts_taken
from policy.facts import policing as police
from policy.facts import powers as of_others
from policy.facts import proceedings as courts
from policy.facts import referring as referrals
from policy.facts import reviewing as reviews
from policy.facts.base import Fact, Role
from policy.facts.consequences import PerpetratorWrittenTo
from policy.facts.questionnaires import QuestionnaireAnswered
from policy.facts.reviewing import CoverArranged
from policy.facts.signposting import Signposted
from policy.refusals.timely import lies_ahead, not_in_the_future
from policy.rules import (
    across,
    assessing,
    auditing,
    closing,
    conduct,
    consequences,
    decisions,
    disability,
    disclosing,
    ground_7a,
    groups,
    mediation,
    parts,
    policing,
    powers,
    proceedings,
    protecting,
    questionnaires,
    referring,
    reviewing,
    serving,
    signposting,
    telling,
    warnings,
    whenever,
    writing,
)
from policy.working_days import london_day


def taken_as_told(entry: Entry, edition: Edition) -> None:
    """What a report or incident must get right before it is kept; once kept it is never refused."""
    fact = entry.fact
    not_in_the_future(entry.at, entry.recorded_at)
    if isinstance(fact, reporting.ReportReceived | reporting.IncidentReported):
        telling.categories_are_known((fact.category,) if fact.category else (), edition)
        telling.hate_has_a_strand(fact.hate)


class Told(NamedTuple):
    """A fact of one kind, as told on a case."""

    fact: Any
    file: CaseFile
    entry: Entry
    edition: Edition


def _judgement(told: Told) -> None:
    telling.categories_are_known(told.fact.categories, told.edition)
    assessing.hate_stays_serious(told.file, told.fact)
    assessing.excluded_is_not_serious(told.file, told.fact)
    assessing.meets_the_definition_or_is_excluded(told.fact)


def _said(told: Told) -> None:
    across.speaks_for_a_joined_case(told.file, told.fact, told.entry)
    disclosing.speaks_of_an_agency(told.fact, told.edition)


def _fits(told: Told) -> None:
    mediation.fits_when_it_was_done(told.file, told.fact)


def _closing(told: Told) -> None:
    across.closes_with_its_case(told.file, told.fact, told.entry)
    closing.closes_as_it_says(told.file, told.fact, told.edition)


def _letter(told: Told) -> None:
    whenever.this_letter_waits(told.file, told.fact, by_system=told.entry.by.role is Role.SYSTEM)


def _power(told: Told) -> None:
    powers.power_can_be_asked_for(told.file, told.fact, told.edition)
    _may_be_asked_to_act(told)


def _closure_asked(told: Told) -> None:
    powers.closure_can_be_asked_for(told.fact, told.edition)
    disability.home_may_be_taken(told.file, told.fact.person, told.entry.at)
    _may_be_asked_to_act(told)


def _may_be_asked_to_act(told: Told) -> None:
    powers.is_not_asked_for_already(told.file, told.fact, told.edition)
    policing.police_may_be_asked(told.file, told.fact, told.entry, told.edition)
    disclosing.may_be_asked_to_act(told.file, told.fact, told.entry, told.edition)


def _referred(told: Told) -> None:
    disclosing.may_be_referred(told.file, told.fact, told.entry, told.edition)
    referring.are_not_there_already(told.file, told.fact, told.edition)


def _need(told: Told) -> None:
    protecting.need_is_known(told.fact, told.edition)
    whenever.need_is_of_letters(told.file, told.fact, told.edition)


_MUST_SAY: Final[Mapping[type[Fact], Callable[[Told], None]]] = {
    reporting.ReportReceived: lambda told: taken_as_told(told.entry, told.edition),
    reporting.HatePerceived: lambda told: telling.hate_has_a_strand(told.fact.hate),
    contact.ComplainantDetailsTold: lambda told: telling.details_say_how(told.fact),
    contact.ContactMade: lambda told: telling.interval_is_agreeable(told.fact, told.edition),
    contact.PersonContacted: lambda told: telling.is_somebody_else(told.fact),
    parts_taken.PersonJoined: lambda told: parts.can_join(told.file, told.fact),
    parts_taken.PersonIdentified: lambda told: parts.can_be_identified(told.file, told.fact),
    parts_taken.PersonLeft: lambda told: parts.can_leave(told.file, told.fact),
    assessments.Assessed: _judgement,
    assessments.SecondLookAnswered: lambda told: assessing.somebody_else_looks(told.file, told.entry),
    closings.CaseClosed: _closing,
    closings.ClosureApproved: lambda told: closing.somebody_else_approves(told.file, told.entry),
    joining.CaseJoined: lambda told: across.joins_another(told.file, told.fact, told.edition),
    consent.ConsentGiven: _said,
    consent.ConsentRefused: _said,
    consent.ConsentWithdrawn: _said,
    joining.CaseSeparated: lambda told: across.is_joined(told.file),
    joining.ReportJoined: lambda told: across.takes_report(told.file, told.fact),
    joining.IncidentSeparated: lambda told: across.separates_an_incident(told.file, told.fact, told.entry),
    linking.CasesLinked: lambda told: across.links_another(told.file, told.fact),
    linking.CasesUnlinked: lambda told: across.is_linked(told.file, told.fact),
    letters.LetterAskedFor: lambda told: writing.can_be_asked_for(told.file, told.fact, told.edition),
    letters.LetterHeld: lambda told: writing.can_be_held(told.file, told.fact),
    letters.LetterReleased: lambda told: writing.is_held(told.file, told.fact),
    letters.LetterWorded: lambda told: writing.can_be_worded(told.file, told.fact),
    letters.LetterSent: _letter,
    letters.LetterNotSent: _letter,
    letters.LetterCameBack: lambda told: whenever.this_letter_had_gone(told.file, told.fact),
    ruling.EditionAdopted: lambda told: decisions.edition_is_released(told.fact),
    ruling.ClosureDaysAdopted: lambda told: decisions.closure_days_are_sane(told.fact, told.file, told.edition),
    closings.ClosureProposed: lambda told: closing.outcome_is_so(told.fact, told.file),
    QuestionnaireAnswered: lambda told: questionnaires.answers_are_known(told.fact, told.edition),
    PerpetratorWrittenTo: lambda told: consequences.nobody_is_given_away(told.fact, told.file),
    Signposted: lambda told: signposting.signposts_are_known(told.fact, told.edition),
    CoverArranged: lambda told: lies_ahead(told.fact.until, london_day(told.fact.at), told.edition),
    needs.NeedTold: _need,
    needs.NeedEnded: lambda told: protecting.this_need_can_end(told.file, told.fact, told.edition),
    risk.RiskAssessed: lambda told: protecting.every_question_is_answered(told.fact, told.edition),
    support.SupportOffered: lambda told: protecting.provider_is_known(told.fact, told.edition),
    safety.SafetyConsidered: lambda told: protecting.measures_are_known(told.fact, told.edition),
    safety.PartnersConsulted: lambda told: disclosing.partners_may_be_told(
        told.file, told.fact, told.entry, told.edition
    ),
    health.HealthContactMade: lambda told: protecting.health_may_be_asked(told.file, told.fact, told.edition),
    hearings.HearingHeld: lambda told: protecting.its_day_has_come(told.file, told.fact),
    hearings.WitnessSupported: lambda told: protecting.this_hearing_is_known(told.file, told.fact),
    found.PatternFound: lambda told: auditing.found_anew(told.file, told.fact),
    mediating.MediationOffered: _fits,
    mediating.MediationAgreed: _fits,
    mediating.MediationReferred: lambda told: mediation.is_agreed(told.file, told.fact),
    police.PoliceToldOfWithdrawal: lambda told: policing.a_supervisor_puts_it_right(told.file, told.entry),
    police.PoliceReferralEnded: lambda told: policing.a_supervisor_takes_it_back(told.file, told.fact, told.entry),
    police.PoliceReferralMade: lambda told: policing.police_may_be_told(
        told.file, told.fact, told.entry, told.edition
    ),
    reviews.CaseReviewed: lambda told: reviewing.review_is_complete(told.file, told.fact, told.edition),
    surveillance.SurveillanceAsked: lambda told: conduct.not_covert_by_us(told.fact, told.edition),
    surveillance.SurveillanceAuthorised: lambda told: conduct.somebody_else_authorises(
        told.file, told.fact, told.entry, told.edition
    ),
    surveillance.SurveillanceRenewed: lambda told: conduct.somebody_else_authorises(
        told.file, told.fact, told.entry, told.edition
    ),
    agreeing.AgreementSigned: lambda told: conduct.agreement_holds_for_a_time(told.fact, told.edition),
    agreeing.AgreementExtended: lambda told: conduct.ends_in_time(told.fact, told.edition),
    agreeing.AgreementBreached: lambda told: conduct.agreement_is_signed(told.file, told.fact),
    tenancies.StarterTenancyKnown: lambda told: conduct.is_a_starter_tenancy(told.fact, told.edition),
    tenancies.StarterTenancyExtended: lambda told: conduct.is_a_starter_tenancy(told.fact, told.edition),
    tenancies.StarterTenancyEndDecided: lambda told: conduct.starter_tenancy_may_end(
        told.file, told.fact, told.edition
    ),
    publicity.PublicityApproved: lambda told: conduct.nobody_can_be_known(told.file, told.fact, told.entry),
    publicity.SuccessRecorded: lambda told: conduct.success_stands(told.file, told.fact),
    publicity.PublicityWorded: lambda told: conduct.order_stood_then(told.file, told.fact),
    publicity.PublicityGivenOut: lambda told: conduct.may_be_given_out(told.file, told.fact),
    warning.WarningProposed: lambda told: warnings.warning_is_possible(told.file, told.fact, told.edition),
    warning.NoticeProposed: lambda told: warnings.notice_is_possible(told.file, told.fact, told.edition),
    warning.WarningApproved: lambda told: warnings.somebody_else_agrees(
        told.file, told.fact, told.entry, told.edition
    ),
    courts.LegalActionProposed: lambda told: proceedings.legal_test_is_met(
        told.file, told.fact, told.entry, told.edition
    ),
    warning.WarningServed: lambda told: serving.may_go_on(told.file, told.fact.matter, told.fact.at, told.edition),
    grounds.GroundProven: lambda told: ground_7a.can_be_known(told.file, told.fact, told.edition),
    warning.GroundAppealed: lambda told: ground_7a.can_be_appealed(told.file, told.fact),
    warning.GroundAppealEnded: lambda told: ground_7a.ended_in_time(told.file, told.fact),
    of_others.PowerAsked: _power,
    of_others.ClosureAsked: _closure_asked,
    of_others.ClosureOrderMade: lambda told: powers.order_is_short_enough(told.file, told.fact),
    of_others.ClosureOrderExtended: lambda told: powers.order_is_short_enough(told.file, told.fact),
    referrals.ReferralProposed: _referred,
    disclosures.DisclosureRecorded: lambda told: disclosing.may_be_told(
        told.file, told.fact, told.entry, told.edition
    ),
    disclosures.AgencyToldOfRefusal: lambda told: disclosing.agency_was_told(
        told.file, told.fact, told.entry, told.edition
    ),
    agencies.GroupCalled: lambda told: groups.group_can_be_called(told.file, told.fact, told.entry, told.edition),
    agencies.GroupMeetingHeld: lambda told: groups.meeting_was_held(told.file, told.fact, told.edition),
    agencies.GroupToldOfRefusal: lambda told: groups.group_was_told(
        told.file, told.fact, told.entry, told.edition
    ),
    agencies.GroupMeetingArranged: lambda told: groups.meeting_can_be_arranged(
        told.file, told.fact, told.entry, told.edition
    ),
    agencies.GroupMeetingsEnded: lambda told: groups.what_was_agreed_is_recorded(told.file, told.fact),
    agencies.GroupEnded: lambda told: groups.group_can_end(told.file, told.fact, told.edition),
    promising.ActionPlanned: lambda told: groups.action_is_somebody_s(told.file, told.fact, told.edition),
    promising.ActionChased: lambda told: groups.asking_moves_no_day(told.fact),
    disabled.DisabilityMeetingHeld: lambda told: disability.meeting_is_whole(told.file, told.fact, told.edition),
    effects.EffectRecorded: lambda told: conduct.causes_are_said(told.fact),
}
"""Most facts are taken as told."""


def content(fact: Fact, file: CaseFile, entry: Entry, edition: Edition) -> None:
    """Raises a Refused where the fact does not say what one of its kind must, on this case."""
    if must_say := _MUST_SAY.get(type(fact)):
        must_say(Told(fact, file, entry, edition))
