"""The fold: what each fact changes in the case file. Rules have had their say before; nothing is refused here."""

from datetime import timedelta
from functools import singledispatch
from typing import Final

from policy.case_file import Advised, Assessment, CaseFile, Hate, LetterState, ProposedClosure, later
from policy.editions import Edition, named
from policy.facts import Entry, assessing, closing, contact, letters, reporting, reviewing, ruling
from policy.facts.base import Fact
from policy.facts.letters import LetterKind
from policy.facts.people import Means

HATE: Final = "hate"


def after(file: CaseFile, entry: Entry, edition: Edition) -> CaseFile:
    """The file once the entry is recorded."""
    folded = _fold(entry.fact, file, entry, edition)
    return folded.with_(seq=file.seq + 1)


@singledispatch
def _fold(_fact: Fact, file: CaseFile, _entry: Entry, _edition: Edition) -> CaseFile:
    return file


@_fold.register
def _(fact: reporting.ReportReceived, file: CaseFile, entry: Entry, edition: Edition) -> CaseFile:
    person = fact.complainant
    file = file.with_(
        reported_at=fact.at,
        reporter=fact.reporter,
        reachable=person is not None and person.reachable(),
        writes_by=person.written_to_by() if person else None,
        ward=fact.place.ward if fact.place else None,
        can_post=person is not None and bool(person.address),
        police_advised_at=fact.at if fact.police_advised else None,
    )
    file = _reported(file, fact, edition)
    return file.owing(LetterKind.ACKNOWLEDGEMENT, "acknowledgement", entry.id, entry.recorded_at)


@_fold.register
def _(fact: reporting.IncidentReported, file: CaseFile, _entry: Entry, edition: Edition) -> CaseFile:
    return _persistent(_reported(file, fact, edition).still_going_on(), edition)


@_fold.register
def _(fact: reporting.HatePerceived, file: CaseFile, _entry: Entry, _edition: Edition) -> CaseFile:
    return _serious_from(_hate(file, fact.hate, fact).still_going_on(), fact)


def _reported(
    file: CaseFile, fact: reporting.ReportReceived | reporting.IncidentReported, edition: Edition
) -> CaseFile:
    if fact.category and fact.category not in file.categories and edition.category(fact.category):
        file = file.with_(categories=(*file.categories, fact.category))
    if fact.hate or fact.category == HATE:
        file = _hate(file, fact.hate, fact)
    category = edition.category(fact.category) if fact.category else None
    if category and category.presumed_serious:
        file = file.with_(presumed_serious=True)
    file = file.with_(reports=tuple(sorted((*file.reports, fact.at))[-edition.persistent_harm.reports :]))
    return _serious_from(file, fact)


def _hate(file: CaseFile, told: reporting.HatePerception | None, fact: Fact) -> CaseFile:
    """Perception gathers and is never taken back. (hate-by-perception, section 3)"""
    told = told or reporting.HatePerception(strands=(), perceived_by=reporting.Perceiver.OTHER)
    known = file.hate
    categories = file.categories if HATE in file.categories else (*file.categories, HATE)
    hate = Hate(
        since=min(known.since, fact.at) if known else fact.at,
        strands=tuple(sorted({*(known.strands if known else ()), *told.strands})),
        perceived_by=known.perceived_by if known else told.perceived_by,
        offence_alleged=told.offence_alleged or (known is not None and known.offence_alleged),
    )
    return file.with_(hate=hate, categories=categories)


def _serious_from(file: CaseFile, fact: Fact) -> CaseFile:
    """The serious clock starts at the moment that makes the case serious. (hate-is-serious, section 3)"""
    if file.hate:
        return file.with_(serious_since=min(file.serious_since or file.hate.since, file.hate.since))
    if file.serious_since is None and file.presumed_serious:
        return file.with_(serious_since=fact.at)
    return file


def _persistent(file: CaseFile, edition: Edition) -> CaseFile:
    """Enough reports in a short time put an excluded case back in front of an officer. (section 2, note 1)"""
    if file.assessment is None or file.assessment.exclusion is None:
        return file
    harm = edition.persistent_harm
    first, last = file.reports[0], file.reports[-1]
    if len(file.reports) == harm.reports and last - first <= timedelta(days=harm.within_days):
        return file.with_(reassess_since=file.reassess_since or last)
    return file


@_fold.register
def _(fact: contact.ContactMade, file: CaseFile, _entry: Entry, _edition: Edition) -> CaseFile:
    first = file.first_contact_at
    return file.with_(
        first_contact_at=fact.at if first is None else min(first, fact.at),
        last_contact_at=later(file.last_contact_at, fact.at),
        agreed_interval=fact.every_working_days or file.agreed_interval,
    )


@_fold.register
def _(fact: contact.AppointmentOffered, file: CaseFile, _entry: Entry, _edition: Edition) -> CaseFile:
    return file.with_(appointment_offered_at=later(file.appointment_offered_at, fact.at))


@_fold.register
def _(fact: contact.PoliceAdvised, file: CaseFile, _entry: Entry, _edition: Edition) -> CaseFile:
    return file.with_(police_advised_at=later(file.police_advised_at, fact.at))


@_fold.register
def _(fact: assessing.Assessed, file: CaseFile, entry: Entry, _edition: Edition) -> CaseFile:
    if HATE in fact.categories:
        file = _hate(file, None, fact)
    serious = fact.seriousness is assessing.Seriousness.SERIOUS or file.hate is not None
    held = (*fact.categories, HATE) if file.hate and HATE not in fact.categories else fact.categories
    assessment = Assessment(
        at=fact.at, by=entry.by.id, seriousness=fact.seriousness, limb=fact.limb, exclusion=fact.exclusion
    )
    file = file.still_going_on().with_(
        assessment=assessment,
        categories=held,
        presumed_serious=False,
        reassess_since=None,
        serious_since=(file.serious_since or fact.at) if serious else None,
    )
    if fact.exclusion is None:
        return file
    file = _advised(file, entry)
    key = f"not-usually-asb-{file.seq + 1}"
    return file.owing(LetterKind.NOT_USUALLY_ASB, key, entry.id, entry.recorded_at)


@_fold.register
def _(_fact: assessing.AdviceGiven, file: CaseFile, entry: Entry, _edition: Edition) -> CaseFile:
    file = _advised(file, entry)
    return file.owing(LetterKind.HONEST_ADVICE, f"honest-advice-{file.seq + 1}", entry.id, entry.recorded_at)


def _advised(file: CaseFile, entry: Entry) -> CaseFile:
    """Further advice does not answer a second look that was asked for. (honest-advice, section 5)"""
    if file.advised is not None and file.advised.second_look_asked_at is not None:
        return file
    return file.with_(advised=Advised(by=entry.by.id))


@_fold.register
def _(fact: assessing.SecondLookAsked, file: CaseFile, _entry: Entry, _edition: Edition) -> CaseFile:
    if file.advised is None or file.advised.second_look_asked_at is not None:
        return file
    return file.with_(advised=file.advised.model_copy(update={"second_look_asked_at": fact.at}))


@_fold.register
def _(_fact: assessing.SecondLookAnswered, file: CaseFile, entry: Entry, _edition: Edition) -> CaseFile:
    file = file.with_(advised=None)
    key = f"second-look-answer-{file.seq + 1}"
    return file.owing(LetterKind.SECOND_LOOK_ANSWER, key, entry.id, entry.recorded_at)


@_fold.register
def _(fact: reviewing.CaseAllocated, file: CaseFile, _entry: Entry, _edition: Edition) -> CaseFile:
    return file.with_(officer=fact.officer)


@_fold.register
def _(fact: reviewing.CaseReviewed, file: CaseFile, _entry: Entry, _edition: Edition) -> CaseFile:
    return file.with_(last_review_at=later(file.last_review_at, fact.at))


@_fold.register
def _(fact: closing.ClosureProposed, file: CaseFile, entry: Entry, edition: Edition) -> CaseFile:
    letter = f"closing-letter-{file.seq + 1}"
    proposed = ProposedClosure(about=entry.id, by=entry.by.id, at=fact.at, outcome=fact.outcome, letter=letter)
    file = file.still_going_on().with_(proposed=proposed)
    if closure_needs_approval(file, edition):
        return file
    return file.owing(LetterKind.CLOSING_LETTER, letter, entry.id, entry.recorded_at)


def closure_needs_approval(file: CaseFile, edition: Edition) -> bool:
    """A supervisor agrees first where the edition says so. (closing-letter, section 5)"""
    needed = edition.closure.approval_needed_for
    return ("serious" in needed and file.serious) or ("hate" in needed and file.hate is not None)


@_fold.register
def _(_fact: closing.ClosureApproved, file: CaseFile, entry: Entry, _edition: Edition) -> CaseFile:
    if file.proposed is None or file.proposed.letter in file.letters:
        return file
    proposed = file.proposed.model_copy(update={"approved_by": entry.by.id})
    file = file.with_(proposed=proposed)
    return file.owing(LetterKind.CLOSING_LETTER, proposed.letter, proposed.about, entry.recorded_at)


@_fold.register
def _(_fact: closing.ClosureDeclined, file: CaseFile, _entry: Entry, _edition: Edition) -> CaseFile:
    return file.with_(proposed=None)


@_fold.register
def _(fact: closing.CaseClosed, file: CaseFile, entry: Entry, _edition: Edition) -> CaseFile:
    file = file.with_(closed_at=fact.at, closing=fact.closing)
    if fact.closing in {closing.Closing.WITH_LETTER, closing.Closing.NOT_USUALLY_ASB}:
        return file
    return file.owing(LetterKind.CLOSING_NOTE, "closing-note", entry.id, entry.recorded_at)


@_fold.register
def _(fact: letters.LetterSent, file: CaseFile, _entry: Entry, _edition: Edition) -> CaseFile:
    file = file.with_(letters={k: v for k, v in file.letters.items() if k != fact.key})
    if fact.police_advice:
        file = file.with_(police_advised_at=later(file.police_advised_at, fact.at))
    if file.proposed and file.proposed.letter == fact.key:
        file = file.with_(proposed=file.proposed.model_copy(update={"told_at": fact.at}))
    return file


@_fold.register
def _(fact: letters.LetterReadyToPost, file: CaseFile, _entry: Entry, _edition: Edition) -> CaseFile:
    return _letter(file, fact.key, state=LetterState.TO_POST, since=fact.at)


@_fold.register
def _(fact: letters.LetterInDoubt, file: CaseFile, _entry: Entry, _edition: Edition) -> CaseFile:
    return _letter(file, fact.key, state=LetterState.IN_DOUBT, since=fact.at)


@_fold.register
def _(fact: letters.LetterRefused, file: CaseFile, _entry: Entry, _edition: Edition) -> CaseFile:
    """An address that refuses mail is not written to again: post, or by hand where there is no address."""
    if file.can_post:
        return _letter(file.with_(writes_by=Means.POST), fact.key, means=Means.POST, since=fact.at)
    return _letter(file, fact.key, state=LetterState.IN_DOUBT, since=fact.at)


def _letter(file: CaseFile, key: str, **changes: object) -> CaseFile:
    if key not in file.letters:
        return file
    return file.with_(letters={**file.letters, key: file.letters[key].model_copy(update=changes)})


@_fold.register
def _(fact: ruling.DeadlineMissed, file: CaseFile, _entry: Entry, _edition: Edition) -> CaseFile:
    return file.with_(missed={**file.missed, fact.key: fact.due})


@_fold.register
def _(fact: ruling.EditionAdopted, file: CaseFile, _entry: Entry, _edition: Edition) -> CaseFile:
    return file.with_(edition=named(fact.edition).ref)


@_fold.register
def _(fact: ruling.ClosureDaysAdopted, file: CaseFile, _entry: Entry, _edition: Edition) -> CaseFile:
    known = file.closure_days.model_copy(update={"days": fact.days, "known_until": fact.known_until})
    return file.with_(closure_days=known)
