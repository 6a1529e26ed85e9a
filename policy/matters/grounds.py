"""What a court has proven, until it is decided whether a notice is served on it. (ground-7a, section 5)"""

from typing import Final

from policy.facts.grounds import GroundNotUsed, GroundProven
from policy.facts.matters import MatterKind
from policy.facts.warning import GroundAppealed, GroundAppealEnded, NoticeProposed
from policy.matters.base import Course, Stage

KNOWN: Final = "known"
APPEALED: Final = "appealed"
NOTICED: Final = "noticed"

COURSES: Final = (
    Course(
        kind=MatterKind.GROUND,
        row="ground-7a",
        called="what was proven for a notice",
        begun_by=GroundProven,
        code="ground",
        in_words={"7A": "ground 7A", "secure_84A": "section 84A"},
        stages={
            KNOWN: Stage(
                owed="Decide whether to serve a notice on {}{until}",
                days=lambda days: days.notice_before,
                counted_back=True,
                steps={GroundNotUsed: None, NoticeProposed: NOTICED},
                otherwise={GroundAppealed: APPEALED},
            ),
            APPEALED: Stage(
                owed="Ask how the appeal stands that holds up a notice on {}",
                days=lambda days: days.wait,
                steps={GroundAppealEnded: KNOWN, GroundAppealed: APPEALED, NoticeProposed: NOTICED},
                otherwise={GroundNotUsed: None},
            ),
            NOTICED: Stage(otherwise={GroundNotUsed: None, NoticeProposed: NOTICED}),
        },
    ),
)
