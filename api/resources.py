"""What the routes need, made once per process."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request

from gateways.identity import Provider
from runtime.settings import Settings
from store.notices import Notices
from store.sessions import Store
from workflows.case_door import CaseDoor
from workflows.intake import Intake


@dataclass(frozen=True)
class Resources:
    settings: Settings
    store: Store
    door: CaseDoor
    intake: Intake
    notices: Notices
    provider: Provider | None = None


async def _resources(request: Request) -> Resources:
    resources: Resources = request.app.state.resources
    return resources


Needs = Annotated[Resources, Depends(_resources)]
