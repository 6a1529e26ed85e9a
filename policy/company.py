"""Who is on a case, and which other cases it is tied to."""

from pydantic import AwareDatetime

from policy.facts.linking import Tie
from policy.facts.parts import Earlier, Part
from policy.facts.people import Standing
from policy.frozen import Frozen


class OnCase(Frozen):
    """Somebody on the case: what part they take, and under which id they are kept where we know them.
    `unfilled` is a place that is empty still: there is a victim, and nobody has said who.
    """

    part: Part
    person: str | None = None
    standing: Standing = Standing.UNKNOWN
    minor: bool = False
    acts_for: str | None = None
    since: AwareDatetime
    left_at: AwareDatetime | None = None
    unfilled: bool = False
    repeat: Earlier | None = None


class Joined(Frozen):
    """Into which open case, by which fact, and when."""

    into: str
    about: str
    at: AwareDatetime


class Link(Frozen):
    other: str
    tie: Tie
