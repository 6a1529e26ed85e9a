"""Whom a text message suits. It says nothing but that there is something. (needs-met, section 6)"""

from collections.abc import Sequence

from policy.care import Need, SafeWay
from policy.facts.people import Means


def texts_suit(
    safe: SafeWay | None, needs: Sequence[Need], asks_for: Means | None, *, can_be_written_to: bool
) -> bool:
    """They asked for it, or can be written to in no other way and need none; they read English; and it is safe at
    any hour: nobody waits at the gateway for the hours in which it would be.
    """
    needed = {means for need in needs for means in need.means}
    asked = Means.TEXT in needed or (asks_for is Means.TEXT and not needed)
    only_way = not can_be_written_to and not needed
    if any(need.in_another_language for need in needs) or not (asked or only_way):
        return False
    return safe is None or (Means.TEXT in safe.means and safe.from_time is None and safe.until_time is None)
