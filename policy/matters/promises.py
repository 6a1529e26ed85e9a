"""Promises, chasing, the action plan, and waiting for others. (promise-ledger, bounded-waits, regular-contact)"""

from typing import Final

from policy.facts import promising as facts
from policy.facts.contact import ContactMade
from policy.facts.matters import MatterKind
from policy.matters.base import Course, Stage

COURSES: Final = (
    Course(
        kind=MatterKind.PROMISE,
        row="promise-ledger",
        called="promise",
        begun_by=facts.PromiseMade,
        stages={
            "made": Stage(
                owed="Do what was promised",
                days=lambda days: days.promise,
                steps={facts.PromiseKept: None},
                otherwise={facts.PromiseMoved: "made", facts.PromiseBroken: None},
            )
        },
    ),
    Course(
        kind=MatterKind.CHASE,
        row="promise-ledger",
        called="answer to somebody who had to ask",
        begun_by=facts.Chased,
        stages={
            "asked": Stage(
                owed="Answer the complainant, who had to ask",
                days=lambda days: days.chase,
                steps={facts.ChaseAnswered: None, ContactMade: None},
            )
        },
    ),
    Course(
        kind=MatterKind.ACTION,
        row="regular-contact",
        called="action of the plan",
        begun_by=facts.ActionPlanned,
        stages={
            "planned": Stage(
                owed="See that the planned action is carried out",
                days=lambda days: days.action,
                steps={facts.ActionDone: None},
                otherwise={
                    facts.ActionMoved: "planned",
                    facts.ActionChased: "planned",
                    facts.ActionDropped: None,
                    facts.ActionRefused: None,
                },
            )
        },
        rows_where={"multi-agency-groups": lambda _, matter: matter.group is not None},
    ),
    Course(
        kind=MatterKind.WAIT,
        row="bounded-waits",
        called="wait for somebody else",
        begun_by=facts.WaitBegun,
        stages={
            "waiting": Stage(
                owed="Ask those we wait for how it stands",
                days=lambda days: days.wait,
                steps={facts.AnswerReceived: None, facts.WaitExtended: "waiting", facts.WaitEnded: None},
            )
        },
    ),
)
