"""The duty that everything carried on beside a case has: to tell the case what it is to know."""

from typing import Any

from pydantic import SerializeAsAny

from policy.facts.base import Fact
from policy.frozen import Frozen


class TellCase(Frozen):
    """Tell the case the `news`; when, is known then. `said` is what it is told, as the file of what tells it keeps
    it.
    """

    key: str
    case: str
    news: SerializeAsAny[Fact]
    said: Any

    @property
    def revocable(self) -> bool:
        return False
