"""Which agencies a review may not ask over somebody's head. (2014 Act, section 104 and Schedule 4)

A review is our duty, and the agencies may be asked for what they know. That this takes nobody's no away is our
reading: docs/adr/0020.
"""

from collections.abc import Iterable
from datetime import datetime

from policy.case_file import CaseFile
from policy.case_review.deadlines import called as agency_called
from policy.case_review.facts import Against, AgenciesToldOfRefusal, PartnersAsked, ReviewEntry
from policy.case_review.review import ReviewFile
from policy.company import called
from policy.editions import Edition
from policy.facts.disclosing import Gateway
from policy.objections import Objection, Telling, everybody, objections
from policy.refusals import FactBeforeTheReport
from policy.refusals.case_review import ReviewAgencyUnknown, ReviewNotReadyToEnd, ReviewStepNotOpen
from policy.refusals.safety import NoGateway
from policy.rules.disclosing import is_decided, is_not_refused
from policy.working_days import moment_in_words


def whose_word_it_is_against(
    files: Iterable[CaseFile], agencies: tuple[str, ...], edition: Edition, at: datetime | None = None
) -> tuple[Against, ...]:
    """Of everybody on these cases, as they say now or had said by then: a review speaks of all that happened."""
    return tuple(one for file in files for one in _on(file, agencies, edition, at))


def _on(file: CaseFile, agencies: tuple[str, ...], edition: Edition, at: datetime | None) -> list[Against]:
    found = objections(file, Telling(everybody(file), agencies, Gateway.CRIME_AND_DISORDER_ACT), edition, at)
    of_somebody = {one.agency for one in found if one.who is not None}
    said = [one for one in found if one.who is not None or one.agency not in of_somebody]
    against = (_as_said(file.ref, one) for one in said)
    return list(dict.fromkeys(against))


def _as_said(case: str, one: Objection) -> Against:
    return Against(case=case, agency=one.agency, who=one.who, since=one.since, learnt_at=one.learnt_at)


def told_of_no_case(file: ReviewFile) -> tuple[str, ...]:
    """Agencies that were asked or came before any case had been found: about those that are brought in."""
    return tuple(dict.fromkeys(agency for told in file.tellings if not told.cases for agency in told.to))


def may_be_asked(fact: PartnersAsked, entry: ReviewEntry, edition: Edition) -> None:
    """Nobody is spoken of against their word, unless a supervisor decides that for a lawful reason."""
    is_decided(fact.lawful_reason, entry, edition)
    if fact.lawful_reason is not None:
        return
    refused: dict[str, list[str]] = {}
    for one in fact.against:
        agency = edition.agency(one.agency)
        who = f"{called(one.who) if one.who is not None else 'a victim'} on {one.case}"
        if agency is not None and one.since is not None:
            refused.setdefault(who, []).append(agency.name)
    is_not_refused(refused)
    if unasked := list(dict.fromkeys(one.case for one in fact.against if one.since is None)):
        raise NoGateway(
            f"On {', '.join(unasked)} not every victim of hate has been asked about the police. Ask them first, or"
            " have a supervisor give the lawful reason for telling it all the same.",
            missing=("what each victim says to the police being told",),
            missing_facts=("consent_given",),
        )


def some_agency_is_to_hear(file: ReviewFile) -> None:
    if not file.to_tell:
        raise ReviewStepNotOpen("By this review no agency is still to hear that somebody does not agree.")


def are_to_hear(file: ReviewFile, fact: AgenciesToldOfRefusal, edition: Edition) -> None:
    """Those that were told against somebody's word, each not before the first that it is to hear."""
    owed: dict[str, datetime] = {}
    for one in file.to_tell:
        if one.since is not None:
            owed[one.agency] = min(one.since, owed.get(one.agency, one.since))
    names = ", ".join(agency_called(key, edition) for key in owed)
    if not fact.agencies or not owed.keys() >= {*fact.agencies}:
        raise ReviewAgencyUnknown(f"Say which of these has heard of it: {names}.", missing=("which agency",))
    first = max(owed[key] for key in fact.agencies)
    if fact.at < first:
        raise FactBeforeTheReport(
            f"They are to hear it since {moment_in_words(first)}: this is dated before that.",
            missing=("a later time",),
        )


def every_agency_has_heard(file: ReviewFile) -> None:
    if file.to_tell:
        raise ReviewNotReadyToEnd(
            "Agencies are still to hear that somebody does not agree to their being told.",
            missing=("that they have heard of it",),
            missing_facts=("agencies_told_of_refusal",),
        )
