"""The legal test: a formal warning not heeded, or something very serious. (legal-test, section 5)"""

from datetime import date

from policy.case_file import CaseFile
from policy.company import called
from policy.disability import complained_about
from policy.editions import Edition
from policy.facts import Entry
from policy.facts.proceedings import LegalActionProposed
from policy.legal_action.beginning import as_begun
from policy.legal_action.rules import remedy_exists
from policy.legal_action.steps import INJUNCTIONS
from policy.legal_action.warned import not_heeded, notice_for
from policy.refusals.legal import LegalActionGoesOn, LegalTestNotMet, RemedyNotPossible
from policy.rules.warnings import agreements_of
from policy.working_days import day_in_words, london_day


def somebody_can_be_taken_to_court(file: CaseFile, edition: Edition) -> None:
    """For one remedy at least that is not asked for yet: without a notice, or on one that stands."""
    if not complained_about(file):
        raise LegalTestNotMet("Nobody on this case is complained about.", missing=("against whom it is",))
    _effect_is_substantial(file)
    day = london_day(file.last_recorded_at) if file.last_recorded_at is not None else None
    open_ones = [
        goes_on(file, person, step.key)
        for person in complained_about(file)
        for step in edition.legal.steps
        if step.kind == "remedy"
        and (not step.after or (day is not None and notice_for(file, step.key, person, day, edition) is not None))
    ]
    if open_ones[0] is not None and None not in open_ones:
        raise _goes_on(file, open_ones[0], edition)


def _effect_is_substantial(file: CaseFile) -> None:
    """On neighbours, the community or how we manage our homes; as the map has it also of what is very serious."""
    substantial = file.effect is not None and file.effect.substantial
    if substantial is None:
        raise LegalTestNotMet(
            "Record the effect again, and whether it is substantial: on neighbours, the community or how we manage"
            " our homes.",
            missing=("whether the effect is substantial",),
            missing_facts=("effect_recorded",),
        )
    if not substantial:
        raise LegalTestNotMet(
            "The effect on neighbours, the community or how we manage our homes was recorded as not substantial:"
            " nobody is taken to court over that. If it is now, record it again.",
            missing=("a substantial effect",),
            missing_facts=("effect_recorded",),
        )


def goes_on(file: CaseFile, person: str, remedy: str) -> str | None:
    """The key of a legal action for that remedy against them that is not over."""
    names = file.names_of(person)
    return next((key for key, one in file.legal.items() if one.person in names and one.remedy == remedy), None)


def _goes_on(file: CaseFile, key: str, edition: Edition) -> LegalActionGoesOn:
    name, who = edition.legal.called(file.legal[key].remedy), called(file.legal[key].person)
    return LegalActionGoesOn(
        f"{name} against {who} is under way already ({key}). Carry that on, or end it first.",
        missing=("an end to the legal action",),
    )


def legal_test_is_met(file: CaseFile, fact: LegalActionProposed, entry: Entry, edition: Edition) -> None:
    """The effect was weighed before. And the remedy exists for them. (legal-test, legal-remedies, section 5)"""
    begins = as_begun(fact, file, entry, edition)
    person, day = begins.person, london_day(fact.at)
    if person not in complained_about(file):
        raise LegalTestNotMet(
            "Legal action is against somebody on this case who is complained about: say against whom.",
            missing=("against whom it is",),
        )
    if (known := goes_on(file, person, fact.remedy)) is not None:
        raise _goes_on(file, known, edition)
    if fact.born is not None and fact.born > day:
        raise RemedyNotPossible(
            f"Their date of birth lies in the future: {day_in_words(fact.born)}.", missing=("their date of birth",)
        )
    remedy_exists(begins, edition)
    if fact.very_serious is None and not _was_warned_in_vain(file, person, day, edition):
        raise LegalTestNotMet(
            f"Legal action needs a formal warning that {called(person)} did not heed, or an agreement that they"
            " broke, which still counts; or something very serious: say what.",
            missing=("a formal warning that was not heeded, or what was very serious",),
            missing_facts=("warning_proposed", "notice_proposed", "warning_reviewed", "agreement_breached"),
        )
    if fact.remedy in INJUNCTIONS and fact.born is None and file.people[person].minor:
        raise RemedyNotPossible(
            f"An injunction depends on their age, and {called(person)} is under 18: give their date of birth.",
            missing=("their date of birth",),
        )


def _was_warned_in_vain(file: CaseFile, person: str, day: date, edition: Edition) -> bool:
    """Agreements are among the formal warnings. (formal-warnings)"""
    names = set(file.names_of(person))
    broken = any(names & set(one.broken_by) for one in agreements_of(file, person, day))
    return broken or any(not_heeded(file, person, day, edition))
