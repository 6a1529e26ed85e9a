"""May this fact be recorded on this case now? Every rule is found from here."""

from collections.abc import Callable
from typing import Final

from policy.case_file import CaseFile
from policy.editions import Edition
from policy.facts import (
    Entry,
    agreeing,
    contact,
    grounds,
    hearings,
    joining,
    letters,
    linking,
    mediating,
    needs,
    reporting,
    ruling,
    tenancies,
    warning,
)
from policy.facts import assessing as assessments
from policy.facts import closing as closings
from policy.facts import disability as disabled
from policy.facts import disclosing as disclosures
from policy.facts import groups as agencies
from policy.facts import parts as parts_taken
from policy.facts import policing as police
from policy.facts import powers as of_others
from policy.facts import proceedings as courts
from policy.facts.base import Fact, Role
from policy.facts.consequences import PerpetratorWrittenTo
from policy.facts.matters import Begun, Step
from policy.refusals import Refusal, Refused
from policy.refusals.timely import not_in_the_future
from policy.rules import (
    across,
    assessing,
    closing,
    conduct,
    consequences,
    disability,
    disclosing,
    ground_7a,
    groups,
    matters,
    mediation,
    parts,
    policing,
    proceedings,
    protecting,
    serving,
    telling,
    warnings,
    whenever,
    writing,
)
from policy.rules.contents import content, taken_as_told

Precondition = Callable[[CaseFile, Edition], None]

_BEFORE: Final[dict[type[Fact], Precondition]] = {
    contact.ContactMade: lambda file, _: telling.complainant_is_reachable(file),
    contact.AppointmentOffered: lambda file, _: telling.somebody_is_reachable(file),
    contact.PersonContacted: lambda file, _: parts.somebody_else_is_known(file),
    parts_taken.PersonLeft: lambda file, _: parts.somebody_can_leave(file),
    assessments.AdviceGiven: lambda file, _: assessing.advice_fits(file),
    assessments.SecondLookAsked: lambda file, _: assessing.there_is_advice_to_look_at(file),
    assessments.SecondLookAnswered: lambda file, _: assessing.a_second_look_was_asked(file),
    closings.ClosureProposed: closing.ready_to_propose,
    closings.ClosureApproved: closing.awaits_approval,
    closings.ClosureDeclined: closing.awaits_approval,
    joining.CaseJoined: across.may_join,
    joining.CaseSeparated: lambda file, _: across.is_joined(file),
    joining.IncidentSeparated: lambda file, _: across.has_incidents(file),
    linking.CasesUnlinked: lambda file, _: across.has_links(file),
    letters.LetterAskedFor: writing.some_can_be_asked_for,
    letters.LetterHeld: lambda file, _: writing.some_can_be_held(file),
    letters.LetterReleased: lambda file, _: writing.some_is_held(file),
    letters.LetterWorded: lambda file, _: writing.some_can_be_worded(file),
    letters.LetterSent: lambda file, _: whenever.a_letter_waits(file),
    letters.LetterNotSent: lambda file, _: whenever.a_letter_waits(file),
    PerpetratorWrittenTo: lambda file, _: consequences.somebody_can_be_written_to(file),
    police.PoliceToldOfWithdrawal: policing.police_were_told,
    needs.NeedEnded: lambda file, _: protecting.some_need_can_end(file),
    hearings.WitnessSupported: lambda file, _: protecting.some_hearing_is_known(file),
    agreeing.AgreementBreached: conduct.some_agreement_is_signed,
    disabled.DisabilityMeetingHeld: lambda file, _: disability.somebody_may_be_acted_against(file),
    warning.WarningProposed: warnings.somebody_can_be_warned,
    courts.LegalActionProposed: proceedings.somebody_can_be_taken_to_court,
    grounds.GroundProven: lambda file, _: warnings.somebody_is_complained_about(file),
    warning.GroundAppealed: lambda file, _: ground_7a.can_be_appealed_somewhere(file, warning.GroundAppealed),
    warning.GroundAppealEnded: lambda file, _: ground_7a.can_be_appealed_somewhere(
        file, warning.GroundAppealEnded
    ),
}
"""What must hold before a kind of fact is possible at all, whatever it says."""

_SOMEHOW: Final[dict[type[Fact], Precondition]] = {
    closings.CaseClosed: closing.can_close_somehow,
    mediating.MediationOffered: mediation.mediation_fits,
    mediating.MediationAgreed: mediation.mediation_fits,
    mediating.MediationReferred: mediation.can_be_referred,
    warning.NoticeProposed: lambda file, _: warnings.somebody_can_get_a_notice(file),
    warning.WarningApproved: lambda file, edition: serving.some_may_go_on(file, warning.WarningApproved, edition),
    warning.WarningServed: lambda file, edition: serving.some_may_go_on(file, warning.WarningServed, edition),
    tenancies.StarterTenancyEndDecided: lambda file, _: matters.some_may_take(
        file, tenancies.StarterTenancyEndDecided, lambda file, key, _: disability.tenancy_may_be_ended(file, key)
    ),
    of_others.ClosureAsked: lambda file, _: disability.some_home_may_be_taken(file),
    agencies.GroupToldOfRefusal: groups.some_group_meets,
    disclosures.AgencyToldOfRefusal: disclosing.some_agency_was_told,
    agencies.GroupEnded: groups.some_group_can_end,
}
"""The same where what it says decides: asked before there is a fact, and not of one that can be judged itself."""


def check(file: CaseFile, entry: Entry, edition: Edition) -> None:
    """Raises a Refused that names the row and what is missing; otherwise the entry may be folded."""
    kind = type(entry.fact)
    not_in_the_future(entry.at, entry.recorded_at)
    whenever.case_takes(file, kind)
    if not isinstance(entry.fact, reporting.IncidentReported | joining.ReportJoined | ruling.DeadlineMissed):
        whenever.not_before_the_report(file, entry)
    content(entry.fact, file, entry, edition)
    conduct.effect_was_weighed(file, entry.fact)
    if isinstance(entry.fact, Begun | Step) and entry.by.role is not Role.SYSTEM:
        matters.day_is_agreeable(file, entry.fact, entry, edition)
    if isinstance(entry.fact, Step):
        matters.this_matter_takes(file, entry.fact)
    if (before := _BEFORE.get(kind)) and entry.by.role is not Role.SYSTEM:
        before(file, edition)
    parts.who_it_is_about_is_on_the_case(file, entry.fact)


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


__all__ = ["Refusal", "Refused", "check", "refusal_now", "taken_as_told"]
