"""What is carried on beside the case, and the news that the case has of it."""

from collections.abc import Collection, Iterator
from datetime import datetime
from typing import Any

from policy.case_file import CaseFile
from policy.deadlines import without_number
from policy.facts.base import Fact
from policy.procedures.base import ProcedureFile
from policy.procedures.duties import TellCase
from policy.procedures.kinds import KINDS
from policy.referral.codes import Undelivered
from policy.referral.duties import SendReferral, sending_came_of
from policy.simulation.played import PlayedFile
from policy.simulation.thread import Thread


def asked_for(key: str, case: CaseFile) -> ProcedureFile:
    """Before its first fact, where no case begins it: of the case's time, and of no case."""
    kind = KINDS[without_number(key)].rulebook
    opening: ProcedureFile = kind.file(
        ref=f"{key}-of-{case.ref}", edition=case.edition, closure_days=case.closure_days
    )
    return opening


class Beside(Thread[Any, Any]):
    def __init__(self, kind: str, opening: ProcedureFile, unreachable: Collection[str] = ()) -> None:
        super().__init__(KINDS[kind].rulebook, opening)
        self.kind = KINDS[kind]
        self.unreachable = unreachable

    def settled(self, case: CaseFile, now: datetime) -> Iterator[Fact]:
        """What fell due is noticed, what is to be done is done on a good day, what the case is to know is told.
        One that is finished hears nothing.
        """
        self.notice(now)
        while owed := self.kind.duties(self.file):
            for duty in owed:
                done, news = self._done(duty, now), isinstance(duty, TellCase) and duty.case == case.ref
                if news and case.finished:
                    done = done.model_copy(update={"reached": False})
                elif news:
                    yield duty.news.model_copy(update={"at": now})
                self.record_own(duty.key, done, now)
            self.notice(now)

    def _done(self, duty: Any, now: datetime) -> Fact:  # noqa: ANN401 - the kind's own
        if isinstance(duty, SendReferral) and duty.agency in self.unreachable:
            return sending_came_of(duty, Undelivered.NO_ADDRESS, now)
        return self.kind.done(duty, now)

    def played(self, stopped_at: datetime) -> PlayedFile[Any, Any]:
        return PlayedFile(
            rulebook=self.rulebook,
            opening=self.opening,
            taken=tuple(self.taken),
            refused=tuple(self.refused),
            stopped_at=stopped_at,
        )
