"""What the routes need, made once per process."""

from dataclasses import dataclass, replace
from typing import Annotated

from fastapi import Depends, Request

from gateways.evidence_files import EvidenceFiles
from gateways.identity import Provider
from policy.permissions import Relation
from runtime.settings import Settings
from store.notices import Notices
from store.sessions import EVERYTHING, Store, Viewer
from workflows.case_door import CaseDoor
from workflows.intake import Intake


@dataclass(frozen=True)
class Resources:
    """`store` shows the caller's own part, `everything` what the system must know to do what they ask. By
    `watched` it is asked whether the store is there, over a connection that nobody else has.
    """

    settings: Settings
    store: Store
    door: CaseDoor
    intake: Intake
    notices: Notices
    evidence: EvidenceFiles
    watched: Store
    provider: Provider | None = None

    @property
    def everything(self) -> Store:
        return self.store.seen_by(EVERYTHING)

    @property
    def but_their_own(self) -> Store:
        """Everything but cases with which the caller is connected."""
        viewer = self.store.viewer or EVERYTHING
        others = tuple(one for one in Relation if one is not Relation.CONFLICTED)
        return self.store.seen_by(replace(viewer, sees=others))

    def seen_by(self, viewer: Viewer) -> "Resources":
        return replace(self, store=self.store.seen_by(viewer))


async def _plugged(request: Request) -> Resources:
    resources: Resources = request.app.state.resources
    return resources


async def _needs(request: Request) -> Resources:
    resources: Resources = request.state.needs
    return resources


Plugged = Annotated[Resources, Depends(_plugged)]
"""Before it is known who calls."""

Needs = Annotated[Resources, Depends(_needs)]
"""As the caller may see it."""
