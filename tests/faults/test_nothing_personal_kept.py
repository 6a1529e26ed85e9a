"""After a whole story nobody's name, address, words or key is anywhere but in the records: not in what the engine
keeps, not in a log, not in what `/metrics` of API, worker, relay and engine tell, not in traces, not in what files
are called.
"""

import asyncio
from pathlib import Path

from temporalio.client import Client
from temporalio.common import SearchAttributeKey, SearchAttributePair, TypedSearchAttributes

from tests.faults import story_beside_cases as beside
from tests.faults import story_of_residents as residents
from tests.faults import story_of_staff as staff
from tests.faults.places import at_the_engine, everything_but_the_records, records
from tests.faults.said import made_up
from tests.faults.scanning import found
from tests.faults.whole import Whole, until, whole_product

FAILURE = "Connect call failed"
"""The words of the failing activity."""
STANDS_THERE = {
    "api.log": "evidence_taken_in",
    "worker.log": "letter_handled",
    "relay.log": "report_carried",
    "casework bounce": "recorded",
    "postgres.log": "database system is ready",
    "initdb.log": "Success",
    "temporal.log": "Temporal Server",
    "clamd.log": "FOUND",
    "metrics of the api": "/my-case/{about}",
    "metrics of the worker": "casework_evidence_tended_total",
    "metrics of the relay": "casework_reports_carried_total",
    "metrics of the engine": "service_requests",
    "traces": "POST /api/reports",
}
"""What is nobody's and stands in each place, so that the scanner is seen to see into it."""


async def told_while_mail_is_away(whole: Whole) -> list[str]:
    """What fails is tried again, and its failure stands at the engine meanwhile. What carries it on."""
    line = whole.stack.lines["worker", "mail"]
    await line.refuse()
    case, action = await staff.takes_legal_action(whole)

    async def failed() -> bool:
        return FAILURE.encode() in (whole.stack.folder / "worker.log").read_bytes()

    await until(failed)
    under_way = await at_the_engine(whole.stack.temporal.target)
    assert not (got := leaks(whole, under_way)), got
    await line.mend()
    await whole.mailed(case)
    return [f"case/{case}", f"legal-action/{action}"]


async def told_by_everybody(whole: Whole) -> tuple[list[str], bytes]:
    """The files that came, and what a pipe said."""
    ref = await residents.reported_by_page(whole)

    async def by_link() -> None:
        await residents.tells_from_their_own_case(whole, ref)
        await residents.writes_a_diary(whole, ref)
        await staff.reviews_the_case(whole, ref)

    files, piped, page, *_ = await asyncio.gather(
        staff.takes_in_evidence(whole, ref),
        staff.letters_come_back_and_are_printed(whole),
        residents.agencies_answer(whole),
        by_link(),
        residents.answers_our_questions(whole),
        staff.is_sent_a_text(whole),
        beside.looks_for_people(whole),
        beside.keeps_places_and_work(whole),
        beside.restricts_a_case(whole),
        beside.strays_are_turned_away(whole),
    )
    await staff.packs_are_made(whole, ref)
    await beside.breaks_in_the_middle(whole, page)
    return files, piped


def leaks(whole: Whole, kept: dict[str, bytes]) -> str:
    """Where something was found, and where it was said."""
    said = whole.said.everything()
    got = {where: set(found(said.values(), told)) for where, told in kept.items()}
    return "\n".join(
        f"{where}: {'; '.join(one for one, word in said.items() if word in words)}"
        for where, words in got.items()
        if words
    )


async def somebody_else_writes_plainly(target: str) -> dict[str, bytes]:
    """Into every place that the engine has for it, which stands nowhere of ours; and what it shows of that."""
    client = await Client.connect(target)
    stage = SearchAttributePair(SearchAttributeKey.for_keyword("CaseStage"), made_up("search attributes"))
    await client.start_workflow(
        "Nothing",
        args=[made_up("histories"), made_up("not encrypted")],
        id=made_up("workflow ids"),
        task_queue="nobody",
        memo={"told": made_up("memos")},
        search_attributes=TypedSearchAttributes([stage]),
    )

    async def listed() -> dict[str, bytes] | None:
        shown = await at_the_engine(target, "WorkflowType = 'Nothing'")
        return shown if shown["workflow ids"] else None

    shown: dict[str, bytes] = await until(listed)
    return shown


async def test_a_whole_story_leaves_nothing_of_anybody_outside_the_records(tmp_path: Path) -> None:
    async with whole_product(tmp_path) as whole:
        ids = await told_while_mail_is_away(whole)
        files, piped = await told_by_everybody(whole)
        kept = await everything_but_the_records(whole) | {"casework bounce": piped}
        recorded = await records(whole)
        plain = await somebody_else_writes_plainly(whole.stack.temporal.target)

    assert not (got := leaks(whole, kept)), got
    assert kept["not encrypted"] == b""
    assert {where for where, told in kept.items() if found([FAILURE], told)} == {"worker.log"}
    assert it_was_said(whole, recorded)

    seen = {where for where, told in STANDS_THERE.items() if found([told], kept[where])}
    seen |= {where for where in ("temporal.db", "histories", "descriptions") if found(ids, kept[where]) == ids}
    seen |= {where for where in plain if found([made_up(where)], plain[where])}
    seen |= {"names of evidence"} if found(files, kept["names of evidence"]) == sorted(files) else set()
    assert seen == kept.keys(), "the scanner sees into each place"


def it_was_said(whole: Whole, recorded: bytes) -> bool:
    """Every word came to the records; what was said in passing did not, and of the keys those in letters alone."""
    said = whole.said
    assert [where for where, word in said.recorded.items() if not found([word], recorded)] == []
    assert [where for where, word in said.passing.items() if found([word], recorded)] == []
    there = {where for where, secret in said.secrets.items() if found([secret], recorded)}
    assert there == {where for where in said.secrets if "the link of" in where}
    return True
