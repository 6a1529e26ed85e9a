"""Risk assessments: for whom, until when they hold, and what a high risk asks for."""

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from policy.care import Risk
from policy.case_file import CaseFile
from policy.company import COMPLAINANT, called
from policy.deadlines.base import NO_WAY_TO_REACH, Obligation, known_since, owed, set_aside
from policy.deadlines.victims import NOT_NAMED
from policy.editions import Edition
from policy.facts.base import Role
from policy.working_days import Due, working_days_after

_ROW = "risk-assessment"
UNKNOWN: Final = Risk()
"""Of somebody of whom nothing was asked or assessed yet."""


def watched(file: CaseFile) -> tuple[str, ...]:
    """Everybody on the case whose risk may have to be assessed, on either side."""
    others = (*file.risks, *(need.person for need in file.needs.values()))
    everybody = (*file.affected, *file.unfilled, *others)
    return tuple(dict.fromkeys(one for one in everybody if one not in file.gone))


def reasons(file: CaseFile, person: str, edition: Edition) -> frozenset[str]:
    """Why somebody's risk is assessed without anybody asking; empty when nothing calls for it.
    A purely environmental case does not, unless it is serious. (risk-assessment, section 4)
    """
    if file.reported_at is None:
        return frozenset()
    found = set()
    if file.serious and person in (*file.affected, *file.unfilled):
        found.add("serious")
    if person in file.domestic_abuse:
        found.add("domestic abuse")
    if not only_environmental(file, edition):
        found |= _of_themselves(file, person, edition)
    return frozenset(found)


def _of_themselves(file: CaseFile, person: str, edition: Edition) -> set[str]:
    needs = [need.kind for need in file.needs.values() if need.person == person]
    vulnerable = {kind for kind in needs if edition.needs.is_vulnerable(kind)}
    here = file.present.get(person)
    return vulnerable | ({"repeat victim"} if here and here.victim_before else set())


def only_environmental(file: CaseFile, edition: Edition) -> bool:
    known = [category for key in file.categories if (category := edition.category(key))]
    return bool(known) and all(category.group == "environmental" for category in known)


def expires(file: CaseFile, risk: Risk, edition: Edition) -> Due | None:
    """When the last assessment ends by itself; None when there is none."""
    if risk.at is None:
        return None
    days = edition.risk.band_for(risk.score).lasts_working_days
    return working_days_after(risk.at, days, file.closure_days, edition.office.closes)


def assessments(file: CaseFile, edition: Edition) -> Iterator[Obligation]:
    """Owed early, and again before the last one expires. Also of somebody who wants no contact, from what is
    known. (risk-assessment, section 4)
    """
    for person in watched(file):
        risk = file.risks.get(person, UNKNOWN)
        if why := _cannot_be_assessed(file, person):
            if risk.owed_since is not None:
                yield set_aside(f"risk-assessment:{person}", row=_ROW, why=why)
        elif risk.owed_since is not None:
            due = _in_days(file, max(risk.owed_since, known_since(file, person) or risk.owed_since), edition)
            yield _owed(file, f"risk-assessment:{person}", due, f"Assess the risk to {called(person)}")
        elif _left_out(file, person, edition):
            why = "it is about how a place looks or is kept: the risk is assessed if somebody asks"
            yield set_aside(f"risk-assessment:{person}", row=_ROW, why=why)
        elif (until := expires(file, risk, edition)) and reasons(file, person, edition):
            what = f"Assess the risk to {called(person)} again, before it expires"
            if (since := known_since(file, person)) is not None and since > until.moment:
                until = _in_days(file, since, edition)
            yield _owed(file, f"risk-renewal:{person}", until, what)


def _cannot_be_assessed(file: CaseFile, person: str) -> str | None:
    if person in file.unfilled:
        return NOT_NAMED
    return NO_WAY_TO_REACH if person == COMPLAINANT and not file.reachable else None


def _left_out(file: CaseFile, person: str, edition: Edition) -> bool:
    of_themselves = bool(_of_themselves(file, person, edition))
    return of_themselves and only_environmental(file, edition) and not reasons(file, person, edition)


def _in_days(file: CaseFile, since: datetime, edition: Edition) -> Due:
    return working_days_after(since, edition.risk.working_days, file.closure_days, edition.office.closes)


def _owed(file: CaseFile, key: str, due: Due, what: str) -> Obligation:
    return owed(file, key, due, row=_ROW, what=what, met_by=("risk_assessed",))


def at_high_risk(file: CaseFile, edition: Edition) -> dict[str, int]:
    """Whose last assessment a supervisor looks at, and within how many working days."""
    bands = {key: edition.risk.band_for(risk.score) for key, risk in file.risks.items() if risk.at is not None}
    looked_at = {key: band.review_working_days for key, band in bands.items() if key not in file.gone}
    return {key: days for key, days in looked_at.items() if days is not None}


def review_of_high_risk(file: CaseFile, edition: Edition) -> Iterator[Obligation]:
    """A supervisor looks at the case sooner where the band says so. (risk-assessment, section 4)"""
    for person, days in at_high_risk(file, edition).items():
        at, reviewed_at = file.risks[person].at, file.last_review_at
        if at is None or (reviewed_at is not None and reviewed_at >= at):
            continue
        yield owed(
            file,
            f"risk-review:{person}",
            working_days_after(at, days, file.closure_days, edition.office.closes),
            row=_ROW,
            what=f"Look at the risk to {called(person)} with the officer",
            met_by=("case_reviewed",),
            by=Role.SUPERVISOR,
        )
