"""What we promise and plan, and whom we wait for."""

from enum import StrEnum
from typing import Literal

from policy.facts.base import Fact, Name, Words
from policy.facts.matters import AsksAfter, Begun, Step


class PromiseMade(Begun):
    """Anybody may be promised anything: "we will ring you on Tuesday". Its `person` reads it. (promise-ledger)"""

    fact: Literal["promise_made"] = "promise_made"
    words: Words


class PromiseKept(Step):
    fact: Literal["promise_kept"] = "promise_kept"
    words: Words


class PromiseMoved(Step):
    """The person was told before the day came, and another day was agreed."""

    fact: Literal["promise_moved"] = "promise_moved"
    words: Words


class PromiseBroken(Step):
    """It will not be kept, and the person has been told so."""

    fact: Literal["promise_broken"] = "promise_broken"
    words: Words


class Chased(Fact):
    """The complainant had to ask. `matter` is what they asked for, where they said so."""

    fact: Literal["chased"] = "chased"
    matter: Name | None = None
    words: Words


class ChaseAnswered(Step):
    """They were told how it stands, there and then or through somebody."""

    fact: Literal["chase_answered"] = "chase_answered"
    words: Words


class ActionPlanned(Begun):
    """A step of the action plan. `agreed`: the complainant agreed to it, and reads its words. `group` is the key
    of the group at which it was agreed, `agency` the one of the edition's that does it; `owner` follows it then.
    """

    fact: Literal["action_planned"] = "action_planned"
    words: Words
    agreed: bool = False
    group: Name | None = None
    agency: Name | None = None


class ActionDone(Step):
    fact: Literal["action_done"] = "action_done"
    words: Words


class ActionMoved(Step):
    """Another day, with the reason."""

    fact: Literal["action_moved"] = "action_moved"
    reasons: Words


class ActionDropped(Step):
    fact: Literal["action_dropped"] = "action_dropped"
    reasons: Words


class ActionRefused(Step):
    """Whoever was to do it says no, and why."""

    fact: Literal["action_refused"] = "action_refused"
    reasons: Words


class ActionChased(Step, AsksAfter):
    """We asked how it stands."""

    fact: Literal["action_chased"] = "action_chased"
    words: Words


class WaitingFor(StrEnum):
    POLICE = "police"
    COUNCIL = "council"
    SOLICITOR = "solicitor"
    COURT = "court"
    HEALTH = "health"
    SUPPORT = "support"
    COMPLAINANT = "complainant"
    PERPETRATOR = "perpetrator"
    SOMEBODY_ELSE = "somebody_else"


class WaitBegun(Begun):
    """We wait for somebody else until a day, and look again then. Our own duties go on. (bounded-waits)"""

    fact: Literal["wait_begun"] = "wait_begun"
    waiting_for: WaitingFor
    words: Words


class AnswerReceived(Step):
    fact: Literal["answer_received"] = "answer_received"
    words: Words


class WaitExtended(Step):
    """We asked again and wait on, until another day."""

    fact: Literal["wait_extended"] = "wait_extended"
    words: Words


class WaitEnded(Step):
    """We no longer wait: it does not come, or is no longer needed."""

    fact: Literal["wait_ended"] = "wait_ended"
    reasons: Words


Facts = (
    PromiseMade
    | PromiseKept
    | PromiseMoved
    | PromiseBroken
    | Chased
    | ChaseAnswered
    | ActionPlanned
    | ActionDone
    | ActionMoved
    | ActionDropped
    | ActionRefused
    | ActionChased
    | WaitBegun
    | AnswerReceived
    | WaitExtended
    | WaitEnded
)
