"""One's own case, as far as it is one's own to read."""

from datetime import datetime

from policy.case_file import CaseFile
from policy.company import COMPLAINANT
from policy.deadlines import deadlines
from policy.editions import of
from policy.frozen import Frozen
from policy.own_timeline import SHOWN, Line, own_line, own_plan
from policy.plan import Planned
from store import plans, timeline
from store.sessions import Reading

_NEXT = ("first-contact", "regular-contact")


class OwnCase(Frozen):
    """Without anything of anybody else. `promised` and `planned` are open or were ended, each with its day."""

    ref: str
    last_contact: datetime | None
    next_contact: datetime | None
    promised: tuple[Planned, ...]
    planned: tuple[Planned, ...]
    lines: tuple[Line, ...]


async def own_case(db: Reading, file: CaseFile, person: str) -> OwnCase:
    plan = await plans.of_case(db, file)
    complains = person == COMPLAINANT
    owed = [one.due for one in deadlines(file, of(file.edition)) if one.key in _NEXT] if complains else []
    told = [one.entry() for one in await timeline.entries_of(db, file.ref, kinds=SHOWN) if one.content is not None]
    lines = [line for entry in told if (line := own_line(file, person, entry)) is not None]
    return OwnCase(
        ref=file.ref,
        last_contact=file.last_contact_at if complains else None,
        next_contact=min(owed, default=None),
        promised=tuple(one for one in plan.promises if _theirs(file, one.key, person)),
        planned=own_plan(person, plan.actions),
        lines=tuple(sorted(lines, key=lambda line: line.at, reverse=True)),
    )


def _theirs(file: CaseFile, key: str, person: str) -> bool:
    return key in file.matters and file.matters[key].person == person
