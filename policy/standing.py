"""Where a case stands: the answer to a live query, to a reader of the register and in a story."""

from collections.abc import Iterator

from pydantic import AwareDatetime, Field

from policy.care import Hate, Need, SafeWay, Wish
from policy.case_file import CaseFile, Stage
from policy.company import Link
from policy.consents import ANYTHING, agrees_to_be_told_of, said_last
from policy.deadlines import Deadline, SetAside, clocks_set_aside, deadlines
from policy.deadlines.base import dated
from policy.deadlines.risk import expires
from policy.decisions import Cover, Imported, ProposedClosure
from policy.editions import Edition, EditionRef
from policy.facts import FACT_TYPES
from policy.facts.base import Role
from policy.facts.closing import Closing
from policy.facts.reporting import IncidentReported, ReportReceived
from policy.frozen import Frozen
from policy.legal_action.suggested import suggested_powers
from policy.legal_action.warned import WarningNow, warnings_now
from policy.letters_owed import LetterState
from policy.permissions import may_record
from policy.referral.suggested import suggested_agencies
from policy.refusals import Refusal
from policy.rules import refusal_now


class RiskNow(Frozen):
    """The last assessment of the risk to somebody, and when it expires."""

    person: str
    at: AwareDatetime
    score: int
    band: str
    expires_at: AwareDatetime


class Standing(Frozen):
    """`earlier_case` closed not long before this one was reported: it is offered to whoever takes this one up."""

    ref: str
    seq: int
    stage: Stage
    serious: bool
    serious_since: AwareDatetime | None
    hate: Hate | None
    category: str | None
    categories: tuple[str, ...]
    officer: str | None
    cover: Cover | None
    reported_at: AwareDatetime | None
    closed_at: AwareDatetime | None
    closing: Closing | None
    proposed_closure: ProposedClosure | None
    earlier_case: str | None
    links: tuple[Link, ...]
    joined_into: str | None
    joined_here: tuple[str, ...]
    edition: EditionRef
    deadlines: tuple[Deadline, ...]
    set_aside: tuple[SetAside, ...]
    wish: Wish
    letters_waiting: tuple[str, ...]
    domestic_abuse: bool = False
    risks: tuple[RiskNow, ...] = ()
    needs: tuple[Need, ...] = ()
    safe_ways: dict[str, SafeWay] = Field(default_factory=dict)
    consents: dict[str, bool] = Field(default_factory=dict)
    warnings: tuple[WarningNow, ...] = ()
    suggested_powers: tuple[str, ...] = ()
    suggested_agencies: tuple[str, ...] = ()
    imported: Imported | None = None


def standing(file: CaseFile, edition: Edition) -> Standing:
    return Standing(
        ref=file.ref,
        seq=file.seq,
        stage=file.stage,
        serious=file.serious,
        serious_since=file.serious_since,
        hate=file.hate,
        category=edition.leading(file.categories),
        categories=file.categories,
        officer=file.officer,
        cover=file.cover,
        reported_at=file.reported_at,
        closed_at=file.closed_at,
        closing=file.closing,
        proposed_closure=file.proposed,
        earlier_case=file.earlier_case,
        links=file.links,
        joined_into=file.joined.into if file.joined else None,
        joined_here=tuple(brought.from_case for brought in file.brought.values()),
        edition=file.edition,
        deadlines=tuple(deadlines(file, edition)),
        set_aside=tuple(clocks_set_aside(file, edition)),
        wish=file.wish,
        letters_waiting=tuple(k for k, v in file.letters.items() if v.state is not LetterState.SET_ASIDE),
        domestic_abuse=bool(file.domestic_abuse),
        risks=tuple(_risks(file, edition)),
        needs=tuple(file.needs.values()),
        safe_ways=file.safe_ways,
        consents=dict(_consents(file, edition)),
        warnings=tuple(warnings_now(file, edition)),
        suggested_powers=suggested_powers(file, edition),
        suggested_agencies=suggested_agencies(file, edition),
        imported=file.imported,
    )


def _consents(file: CaseFile, edition: Edition) -> Iterator[tuple[str, bool]]:
    """As said last. Of one agency, what counts beside all else that they have said."""
    for key, agreed in said_last(file).items():
        purpose, _, who = key.partition(":")
        if purpose == ANYTHING:
            continue
        agency = edition.agency(purpose.partition("@")[2])
        yield key, agreed if agency is None else agrees_to_be_told_of(file, who, agency) is True


def _risks(file: CaseFile, edition: Edition) -> Iterator[RiskNow]:
    for person, risk in file.risks.items():
        until = expires(file, risk, edition)
        if until is not None and risk.at is not None and risk.band is not None:
            yield RiskNow(person=person, at=risk.at, score=risk.score, band=risk.band, expires_at=until.moment)


class Action(Frozen):
    """A kind of fact and why it cannot be recorded now. `refusal` is None when it can, once its day has come:
    nothing here reads a clock.
    """

    fact: str
    refusal: Refusal | None = None


def actions(file: CaseFile, edition: Edition, role: Role) -> tuple[Action, ...]:
    """What this role may record, each allowed now or refused with the reason."""
    return tuple(
        Action(fact=name, refusal=refusal_now(file, kind, edition))
        for name, kind in FACT_TYPES.items()
        if kind not in (ReportReceived, IncidentReported) and may_record(role, name)
    )


def in_short(file: CaseFile, open_deadlines: list[Deadline]) -> str:
    """A few lines for whoever looks at the case in the engine's own pages, where nothing is encrypted: references
    and dates only. What somebody wrote, the name of a closure day too, stays out.
    """
    about = ["hate" if file.hate else "serious" if file.serious else "ordinary", f"{file.seq} facts"]
    lines = [f"**{file.ref}** - {file.stage}: {', '.join(about)}"]
    lines += dated(open_deadlines)
    lines += [f"- letter to go: {key} ({letter.state})" for key, letter in file.letters.items()]
    return "\n".join(lines)
