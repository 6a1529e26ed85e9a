"""What each kind of fact must say to be recorded on this case."""

from functools import singledispatch

from policy.case_file import CaseFile
from policy.editions import Edition
from policy.facts import (
    Entry,
    agreeing,
    contact,
    effects,
    health,
    hearings,
    joining,
    letters,
    linking,
    needs,
    publicity,
    reporting,
    risk,
    ruling,
    safety,
    support,
    surveillance,
    tenancies,
)
from policy.facts import assessing as assessments
from policy.facts import auditing as found
from policy.facts import closing as closings
from policy.facts import parts as parts_taken
from policy.facts import policing as police
from policy.facts import reviewing as reviews
from policy.facts.base import Fact, Role
from policy.facts.consequences import PerpetratorWrittenTo
from policy.facts.questionnaires import QuestionnaireAnswered
from policy.facts.reviewing import CoverArranged
from policy.facts.signposting import Signposted
from policy.rules import (
    across,
    assessing,
    auditing,
    closing,
    conduct,
    consequences,
    decisions,
    matters,
    parts,
    policing,
    protecting,
    questionnaires,
    reviewing,
    signposting,
    telling,
    whenever,
)
from policy.working_days import london_day


def taken_as_told(entry: Entry, edition: Edition) -> None:
    """What a report or incident must get right before it is kept; once kept it is never refused."""
    fact = entry.fact
    whenever.not_in_the_future(entry.at, entry.recorded_at)
    if isinstance(fact, reporting.ReportReceived | reporting.IncidentReported):
        telling.categories_are_known((fact.category,) if fact.category else (), edition)
        telling.hate_has_a_strand(fact.hate)
    if isinstance(fact, reporting.ReportReceived):
        protecting.safe_way_is_said(fact.safe_contact)


@singledispatch
def content(_fact: Fact, _file: CaseFile, _entry: Entry, _edition: Edition) -> None:
    """Most facts are taken as told."""


@content.register
def _(_fact: reporting.ReportReceived, _file: CaseFile, entry: Entry, edition: Edition) -> None:
    taken_as_told(entry, edition)


@content.register
def _(fact: reporting.HatePerceived, _file: CaseFile, _entry: Entry, _edition: Edition) -> None:
    telling.hate_has_a_strand(fact.hate)


@content.register
def _(fact: contact.ComplainantDetailsTold, _file: CaseFile, _entry: Entry, _edition: Edition) -> None:
    telling.details_say_how(fact)


@content.register
def _(fact: contact.ContactMade, _file: CaseFile, _entry: Entry, edition: Edition) -> None:
    telling.interval_is_agreeable(fact, edition)


@content.register
def _(fact: parts_taken.PersonJoined, file: CaseFile, _entry: Entry, _edition: Edition) -> None:
    parts.can_join(file, fact)


@content.register
def _(fact: parts_taken.PersonIdentified, file: CaseFile, _entry: Entry, _edition: Edition) -> None:
    parts.can_be_identified(file, fact)


@content.register
def _(fact: parts_taken.PersonLeft, file: CaseFile, _entry: Entry, _edition: Edition) -> None:
    parts.can_leave(file, fact)


@content.register
def _(fact: assessments.Assessed, file: CaseFile, _entry: Entry, edition: Edition) -> None:
    telling.categories_are_known(fact.categories, edition)
    assessing.hate_stays_serious(file, fact)
    assessing.excluded_is_not_serious(file, fact)
    assessing.meets_the_definition_or_is_excluded(fact)


@content.register
def _(_fact: assessments.SecondLookAnswered, file: CaseFile, entry: Entry, _edition: Edition) -> None:
    assessing.somebody_else_looks(file, entry)


@content.register
def _(_fact: closings.ClosureApproved, file: CaseFile, entry: Entry, _edition: Edition) -> None:
    closing.somebody_else_approves(file, entry)


@content.register
def _(fact: closings.CaseClosed, file: CaseFile, entry: Entry, edition: Edition) -> None:
    across.closes_with_its_case(file, fact, entry)
    closing.closes_as_it_says(file, fact, edition)


@content.register
def _(fact: joining.CaseJoined, file: CaseFile, _entry: Entry, edition: Edition) -> None:
    across.joins_another(file, fact, edition)


@content.register
def _(_fact: joining.CaseSeparated, file: CaseFile, _entry: Entry, _edition: Edition) -> None:
    across.is_joined(file)


@content.register
def _(fact: joining.ReportJoined, file: CaseFile, _entry: Entry, _edition: Edition) -> None:
    across.takes_report(file, fact)


@content.register
def _(fact: joining.IncidentSeparated, file: CaseFile, entry: Entry, _edition: Edition) -> None:
    across.separates_an_incident(file, fact, entry)


@content.register
def _(fact: linking.CasesLinked, file: CaseFile, _entry: Entry, _edition: Edition) -> None:
    across.links_another(file, fact)


@content.register
def _(fact: linking.CasesUnlinked, file: CaseFile, _entry: Entry, _edition: Edition) -> None:
    across.is_linked(file, fact)


@content.register(letters.LetterSent)
@content.register(letters.LetterNotSent)
def _(fact: letters.LetterSent | letters.LetterNotSent, file: CaseFile, entry: Entry, _edition: Edition) -> None:
    whenever.this_letter_waits(file, fact, by_system=entry.by.role is Role.SYSTEM)


@content.register
def _(fact: ruling.EditionAdopted, _file: CaseFile, _entry: Entry, _edition: Edition) -> None:
    decisions.edition_is_released(fact)


@content.register
def _(fact: ruling.ClosureDaysAdopted, file: CaseFile, _entry: Entry, edition: Edition) -> None:
    decisions.closure_days_are_sane(fact, file, edition)


@content.register
def _(fact: closings.ClosureProposed, file: CaseFile, _entry: Entry, _edition: Edition) -> None:
    closing.outcome_is_so(fact, file)


@content.register
def _(fact: QuestionnaireAnswered, _file: CaseFile, _entry: Entry, edition: Edition) -> None:
    questionnaires.answers_are_known(fact, edition)


@content.register
def _(fact: PerpetratorWrittenTo, file: CaseFile, _entry: Entry, _edition: Edition) -> None:
    consequences.nobody_is_given_away(fact, file)


@content.register
def _(fact: Signposted, _file: CaseFile, _entry: Entry, edition: Edition) -> None:
    signposting.signposts_are_known(fact, edition)


@content.register
def _(fact: CoverArranged, _file: CaseFile, _entry: Entry, edition: Edition) -> None:
    matters.lies_ahead(fact.until, london_day(fact.at), edition, field="until")


@content.register
def _(fact: needs.NeedTold, _file: CaseFile, _entry: Entry, edition: Edition) -> None:
    protecting.need_is_known(fact, edition)


@content.register
def _(fact: needs.NeedEnded, file: CaseFile, _entry: Entry, edition: Edition) -> None:
    protecting.this_need_can_end(file, fact, edition)


@content.register
def _(fact: needs.DomesticAbuseRecognised, _file: CaseFile, _entry: Entry, _edition: Edition) -> None:
    protecting.safe_way_is_said(fact.safe_contact)


@content.register
def _(fact: risk.RiskAssessed, _file: CaseFile, _entry: Entry, edition: Edition) -> None:
    protecting.every_question_is_answered(fact, edition)


@content.register
def _(fact: support.SupportOffered, _file: CaseFile, _entry: Entry, edition: Edition) -> None:
    protecting.provider_is_known(fact, edition)


@content.register
def _(fact: safety.SafetyConsidered, _file: CaseFile, _entry: Entry, edition: Edition) -> None:
    protecting.measures_are_known(fact, edition)


@content.register
def _(fact: safety.PartnersConsulted, _file: CaseFile, _entry: Entry, edition: Edition) -> None:
    protecting.partners_are_known(fact, edition)


@content.register
def _(fact: health.HealthContactMade, file: CaseFile, _entry: Entry, edition: Edition) -> None:
    protecting.health_may_be_asked(file, fact, edition)


@content.register
def _(fact: hearings.HearingHeld, file: CaseFile, _entry: Entry, _edition: Edition) -> None:
    protecting.its_day_has_come(file, fact)


@content.register
def _(fact: hearings.WitnessSupported, file: CaseFile, _entry: Entry, _edition: Edition) -> None:
    protecting.this_hearing_is_known(file, fact)


@content.register
def _(fact: found.PatternFound, file: CaseFile, _entry: Entry, _edition: Edition) -> None:
    auditing.found_anew(file, fact)


content.register(police.PoliceReferralMade, policing.victim_consents)
content.register(reviews.CaseReviewed, reviewing.review_is_complete)
content.register(surveillance.SurveillanceAsked, conduct.not_covert_by_us)
content.register(surveillance.SurveillanceAuthorised, conduct.somebody_else_authorises)
content.register(surveillance.SurveillanceRenewed, conduct.somebody_else_authorises)
content.register(agreeing.AgreementSigned, conduct.agreement_holds_for_a_time)
content.register(agreeing.AgreementExtended, conduct.ends_in_time)
content.register(agreeing.AgreementBreached, conduct.agreement_is_signed)
content.register(tenancies.StarterTenancyKnown, conduct.ends_in_time)
content.register(tenancies.StarterTenancyExtended, conduct.ends_in_time)
content.register(publicity.PublicityApproved, conduct.nobody_can_be_known)
content.register(publicity.PublicityGivenOut, conduct.no_victim_is_against_it)
content.register(effects.EffectRecorded, conduct.causes_are_said)
