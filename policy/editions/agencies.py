"""What an edition says of the agencies that people are referred to: how each is reached, and for whom it is."""

from collections.abc import Collection, Iterable, Iterator
from enum import StrEnum
from typing import Literal

from policy.editions.table import AtLeastOne, Listed, Part, Table


class AgencyChannel(StrEnum):
    """How a referral gets there. By `hand`: somebody of ours rings, writes or goes there."""

    MAIL = "mail"
    WEBHOOK = "webhook"
    HAND = "hand"


class Criteria(Part):
    """All that is named must be met: one of the needs, one of the categories, a child on the case."""

    needs: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    child: bool = False


class Agency(Listed):
    """A `partner` works with us on the behaviour (joint-approach), a scheme for `support` helps who needs it
    (support-schemes). Whose `consent` is a purpose of its own is asked for that, or for being referred; the police
    are told by a fact of its own (police-with-consent). It is suggested where its criteria are met.
    """

    kind: Literal["partner", "support", "other"] = "other"
    consent: Literal["referral", "police", "health"] = "referral"
    channel: AgencyChannel = AgencyChannel.HAND
    suggested_for: Criteria | None = None

    @property
    def police(self) -> bool:
        return self.consent == "police"


class ReferralDays(Table):
    """Working days at each stage of a referral unless a day was agreed."""

    send: AtLeastOne
    undelivered: AtLeastOne
    acknowledge: AtLeastOne
    answer: AtLeastOne
    progress: AtLeastOne
    chased: AtLeastOne


class Referral(Table):
    """Once an agency was chased `supervisor_after` times in vain a supervisor asks it. By its private link it may
    answer for `link_days` calendar days.
    """

    supervisor_after: AtLeastOne
    link_days: AtLeastOne
    days: ReferralDays


def unknown_criteria(
    agencies: Iterable[Agency], needs: Collection[str], categories: Collection[str]
) -> Iterator[str]:
    """What agencies are suggested for and the edition does not hold."""
    for agency in agencies:
        if (criteria := agency.suggested_for) is not None:
            yield from (key for key in criteria.needs if key not in needs)
            yield from (key for key in criteria.categories if key not in categories)
