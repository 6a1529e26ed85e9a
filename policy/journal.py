"""Facts about what lives beside cases, as recorded: places, focus areas, prevention, the policy's own review, who
may see a case, and how long records are kept. They need no workflow.
"""

from typing import Annotated, Final, get_args

from pydantic import AwareDatetime, Field

from policy.access.facts import ACCESS_FACTS
from policy.correcting import EntryCorrected
from policy.estates.facts import (
    FindingEnded,
    FindingMadeACase,
    InspectionPlanChanged,
    InspectionsEnded,
    PlaceInspected,
    PlaceListed,
)
from policy.facts import Actor, Fact
from policy.facts.ruling import DeadlineMissed
from policy.focus_areas.facts import (
    FocusAreaAccepted,
    FocusAreaEnded,
    FocusAreaProposed,
    FocusAreaRefused,
    FocusAreaReviewed,
)
from policy.frozen import Frozen
from policy.own_review.facts import (
    PolicyReviewBroughtForward,
    PolicyReviewed,
    PolicyReviewOwnerNamed,
    PolicyReviewReminded,
)
from policy.prevention import PreventionCorrected, PreventionEnded, PreventionPlanned
from policy.retention.facts import (
    Erased,
    ErasureApproved,
    ErasureLapsed,
    ErasureProposed,
    ErasureRefused,
    HoldLifted,
    HoldPlaced,
)

BesideFact = Annotated[
    PlaceListed
    | InspectionPlanChanged
    | PlaceInspected
    | FindingMadeACase
    | FindingEnded
    | InspectionsEnded
    | PreventionPlanned
    | PreventionCorrected
    | PreventionEnded
    | PolicyReviewOwnerNamed
    | PolicyReviewBroughtForward
    | PolicyReviewed
    | PolicyReviewReminded
    | DeadlineMissed
    | FocusAreaProposed
    | FocusAreaAccepted
    | FocusAreaRefused
    | FocusAreaReviewed
    | FocusAreaEnded
    | ACCESS_FACTS
    | HoldPlaced
    | HoldLifted
    | ErasureProposed
    | ErasureApproved
    | ErasureRefused
    | ErasureLapsed
    | Erased
    | EntryCorrected,
    Field(discriminator="fact"),
]

BESIDE_FACT_TYPES: Final[dict[str, type[Fact]]] = {
    kind.model_fields["fact"].default: kind for kind in get_args(get_args(BesideFact)[0])
}
"""Every fact type of the journal by the name it carries in its field `fact`."""


class Note(Frozen):
    """An entry of the journal. `id` is the Idempotency-Key, `digest` tells two bodies under one id apart."""

    id: str
    by: Actor
    recorded_at: AwareDatetime
    fact: BesideFact
    digest: str = ""

    @property
    def at(self) -> AwareDatetime:
        return self.fact.at
