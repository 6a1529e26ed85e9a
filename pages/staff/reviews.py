"""Case reviews: all that are open, with what is owed, whom we asked, and what was recommended to whom."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from fastapi import APIRouter, Response

from api.permission import Who
from api.resources import Needs
from pages.staff.paged import PartNumber, skipped
from pages.staff.paged import part as part_of
from pages.staff.rendering import staff_page
from policy.case_review.deadlines import called
from policy.case_review.facts import US
from policy.case_review.review import Partner, Recommendation, ReviewFile
from policy.editions import Edition, of
from policy.working_days import london_day
from store import open_beside
from store.open_beside import MOST, OpenBeside

routes = APIRouter(include_in_schema=False)

_KIND: Final = "case-review"


@dataclass(frozen=True)
class Line:
    """`recommendations` are by their number, `partners` by the agency's name."""

    one: OpenBeside
    district: str
    partners: Mapping[str, Partner]
    recommendations: tuple[tuple[str, str, Recommendation], ...]
    late: bool


@routes.get("/safety/case-reviews")
async def shown(who: Who, needs: Needs, part: PartNumber = 1) -> Response:
    """Of the cases that the caller may see. What is due first stands first, so what is late before it."""
    now = datetime.now(UTC)
    async with needs.store.reading() as db:
        found = await open_beside.open_of(db, _KIND, skipped(part, MOST))
        here = await part_of(
            "/safety/case-reviews", part, len(found), MOST, lambda: open_beside.how_many(db, _KIND)
        )
    return await staff_page(
        needs,
        who,
        "staff/case_reviews.html",
        "Case reviews",
        lines=[_line(one, now) for one in found],
        part=here,
        now=now,
        today=london_day(now),
    )


def _line(one: OpenBeside, now: datetime) -> Line:
    file: ReviewFile = one.file
    edition = of(file.edition)
    return Line(
        one=one,
        district=next((d.name for d in edition.case_reviews.districts if d.key == file.district), file.district),
        partners={called(key, edition): partner for key, partner in file.partners.items()},
        recommendations=tuple(
            (key.replace("-", " "), _whose(each, edition), each) for key, each in file.recommendations.items()
        ),
        late=one.late(now),
    )


def _whose(one: Recommendation, edition: Edition) -> str:
    return "us" if one.to == US else called(one.to, edition)
