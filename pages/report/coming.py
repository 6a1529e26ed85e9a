"""What whoever reported is told at the end: by which day we get in touch, and who else can help meanwhile."""

from datetime import date, datetime
from typing import Final

from api.places import counting
from api.resources import Resources
from pages.questions import Answers, one
from pages.report.asked import YES, is_hate, is_reached
from pages.report.drafts import Sent
from policy.case_file import CaseFile
from policy.deadlines import deadlines
from policy.editions import Edition, in_force_on, of
from policy.facts.reporting import Reporter
from policy.folding.reports import HATE
from policy.working_days import london_day, working_days_after
from store import cases

_IN_TOUCH: Final = "first-contact"
_WITH_VICTIMS: Final = "appointment"


async def what_comes(needs: Resources, ref: str, answers: Answers, now: datetime) -> Sent:
    """The day is the case's own; while it has not begun, the edition's."""
    edition = in_force_on(london_day(now))
    category, victim = one(answers, "category"), one(answers, "reporter") == Reporter.VICTIM
    hate, abuse = is_hate(answers), one(answers, "close") == YES
    known = edition.category(category or "")
    serious = hate or (known is not None and known.presumed_serious)
    about = {HATE} if hate else {category or ""}
    told = edition.signposts_for(about, abuse=abuse)
    async with needs.everything.reading() as db:
        file = await cases.file_of(db, ref)
    by = _owed(file, victim=victim) if file is not None and file.seq else None
    return Sent(
        ref=ref,
        reachable=is_reached(answers),
        by=(by or _by(needs, edition, now, at_once=serious and victim)) if is_reached(answers) else None,
        police=serious,
        help=tuple(one.key for one in told if one.kind == "agency") if serious or abuse else (),
    )


def _owed(file: CaseFile, *, victim: bool) -> date | None:
    keys = {_IN_TOUCH, _WITH_VICTIMS} if victim else {_IN_TOUCH}
    due = [each.due for each in deadlines(file, of(file.edition)) if each.key in keys]
    return london_day(min(due)) if due else None


def _by(needs: Resources, edition: Edition, now: datetime, *, at_once: bool) -> date:
    days = edition.serious_appointment if at_once else edition.first_contact
    due = working_days_after(now, days.working_days, counting(needs, now).closure_days, edition.office.closes)
    return london_day(due.moment)
