"""What agencies owe: referrals to them, what groups agreed on, powers that we asked them to use; late first, each
with a press to ask again or to record their answer.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Final

from fastapi import APIRouter, Response

from api.permission import Who
from api.resources import Needs
from pages.staff.paged import PartNumber, skipped
from pages.staff.rendering import staff_page
from policy.caller import Caller
from policy.editions import in_force_on
from policy.facts.matters import MatterKind
from policy.headings import OF_REFERRAL, heading_of_kind
from policy.permissions import may_record
from policy.procedures.kinds import KINDS
from policy.working_days import london_day
from store import open_beside, owed_by_agencies
from store.open_beside import MOST, OpenBeside
from store.owed_by_agencies import OwedByAgency

routes = APIRouter(include_in_schema=False)

_REFERRAL: Final = KINDS["referral"]
_TOGETHER: Final = "Groups of agencies"
_OF_ACTIONS: Final = ("action_done", "action_chased", "action_refused")


@dataclass(frozen=True)
class Line:
    """`presses` are addresses of forms, and what each records. `opens` is where its words are read, and what they
    are: here they are not shown.
    """

    agency: str
    case_ref: str
    about: str
    owed: str
    due: datetime
    officer: str | None
    opens: tuple[str, str] | None
    presses: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class OfAgency:
    name: str
    lines: tuple[Line, ...]
    late: int


@routes.get("/safety/partners")
async def shown(who: Who, needs: Needs, part: PartNumber = 1) -> Response:
    """Of the cases that the caller may see. The agency with what was due first stands first."""
    now = datetime.now(UTC)
    async with needs.store.reading() as db:
        referrals = await open_beside.open_of(db, _REFERRAL.name, skipped(part, MOST))
        others = await owed_by_agencies.open_ones(db, skipped(part, MOST))
        goes_on = MOST in {len(referrals), len(others)}
        of_all = await open_beside.how_many(db, _REFERRAL.name) + await owed_by_agencies.how_many(db)
    names = {one.key: one.name for one in in_force_on(london_day(now)).agencies}
    lines = [*_of_referrals(referrals, who), *_of_matters(others, who)]
    named = [replace(line, agency=names.get(line.agency, line.agency)) for line in lines]
    return await staff_page(
        needs,
        who,
        "staff/partners.html",
        "Agencies",
        of_us=[line.officer for line in named],
        agencies=_by_agency(named, now),
        there=len(referrals) + len(others),
        of_all=of_all,
        before=part - 1,
        next=part + 1 if goes_on else None,
        now=now,
    )


def _of_referrals(found: Iterable[OpenBeside], who: Caller) -> Iterator[Line]:
    for one in found:
        presses = tuple(
            (f"/referrals/{one.ref}/record/{fact}", OF_REFERRAL[fact])
            for fact in _REFERRAL.offered(one.file, who.actor)
        )
        for owed in one.owed:
            opens = (f"/referrals/{one.ref}", "What was asked")
            yield Line(one.file.agency, one.file.case, one.ref, owed.owed, owed.due, one.officer, opens, presses)


def _of_matters(found: Iterable[OwedByAgency], who: Caller) -> Iterator[Line]:
    for one in found:
        action = one.matter.kind is MatterKind.ACTION
        facts: Sequence[str] = _OF_ACTIONS if action else one.met_by
        presses = tuple(
            (f"/cases/{one.case_ref}/record/{fact}?matter={one.key}", heading_of_kind(fact))
            for fact in facts
            if may_record(who.role, fact)
        )
        agency = one.agency or _TOGETHER
        opens = (f"/cases/{one.case_ref}#plan", "What was agreed") if action else None
        yield Line(agency, one.case_ref, one.key, one.owed, one.due, one.officer, opens, presses)


def _by_agency(lines: Iterable[Line], now: datetime) -> list[OfAgency]:
    found: dict[str, list[Line]] = {}
    for line in sorted(lines, key=lambda one: (one.due, one.about)):
        found.setdefault(line.agency, []).append(line)
    return [OfAgency(name, tuple(of), sum(one.due <= now for one in of)) for name, of in found.items()]
