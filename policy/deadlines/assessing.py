"""Assessment, what is told again, second looks, and excluded conduct that turns out to be persistent."""

from collections.abc import Iterator

from policy.case_file import CaseFile
from policy.deadlines.base import Obligation, owed, sooner_where_urgent
from policy.editions import Edition
from policy.working_days import day_in_words, london_day, working_days_after


def assessment(file: CaseFile, edition: Edition) -> Iterator[Obligation]:
    """Due with first contact. (assess-seriousness, section 5)"""
    if file.reported_at is None or file.assessment is not None:
        return
    days = edition.assessment.working_days
    due = working_days_after(file.reported_at, days, file.closure_days, edition.office.closes)
    yield owed(
        file,
        "assessment",
        due,
        row="assess-seriousness",
        what="Assess how serious it is",
        met_by=("assessed",),
    )


def further_incident(file: CaseFile, edition: Edition) -> Iterator[Obligation]:
    """Somebody reads what was told again, however it came. (register-every-report, section 5)"""
    if not file.unread:
        return
    yield owed(
        file,
        "further-incident",
        sooner_where_urgent(file, min(file.unread.values()), edition.further_incident, edition),
        row="register-every-report",
        what="Read what was told again, and speak to them or say how serious it is",
        met_by=("contact_made", "person_contacted", "assessed"),
    )


def reassessment(file: CaseFile, edition: Edition) -> Iterator[Obligation]:
    """Excluded conduct that keeps being reported is looked at again. (persistent-harm-override, section 2)"""
    if file.reassess_since is None:
        return
    days = edition.persistent_harm.reassess_working_days
    due = working_days_after(file.reassess_since, days, file.closure_days, edition.office.closes)
    yield owed(
        file,
        "reassessment",
        due,
        row="persistent-harm-override",
        what=f"Assess again: it keeps being reported ({_days(file)})",
        met_by=("assessed",),
    )


def _days(file: CaseFile) -> str:
    return ", ".join(dict.fromkeys(day_in_words(london_day(at)) for at in file.reports))


def second_look(file: CaseFile, edition: Edition) -> Iterator[Obligation]:
    """Somebody else looks at the advice that the complainant does not accept. (honest-advice, section 5)"""
    asked_at = file.advised.second_look_asked_at if file.advised else None
    if asked_at is None:
        return
    due = working_days_after(asked_at, edition.second_look.working_days, file.closure_days, edition.office.closes)
    yield owed(
        file,
        "second-look",
        due,
        row="honest-advice",
        what="Take a second look and answer the complainant",
        met_by=("second_look_answered",),
    )
