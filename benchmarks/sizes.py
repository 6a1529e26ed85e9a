"""How much each case, and each fact of one, takes on PostgreSQL's disk and in Temporal's histories."""

from datetime import UTC, datetime

from benchmarks.contenders import Product
from benchmarks.http import Connection
from benchmarks.load import repeat
from benchmarks.openly import open_more
from benchmarks.servers import Bench
from workflows.case_kind import workflow_id

_BY_TABLE = """
    SELECT relname, pg_table_size(oid) AS rows, pg_indexes_size(oid) AS indexes FROM pg_class
    WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
"""
_LARGEST = 6
_WORKED_ON = 10
_FACTS = 10
_KB = 1024

Sizes = dict[str, str]


async def size_figures(bench: Bench, number: int) -> Sizes:
    """Of the demonstration's open cases, kept and carried on; in kB."""
    before = await _tables(bench)
    refs = await open_more(bench, number)
    after = await _tables(bench)
    grown = {name: after[name] - before.get(name, 0) for name in after}
    facts = await bench.records.fetchval("SELECT count(*) FROM timeline WHERE case_ref = ANY($1)", refs)
    history = await _histories(bench, refs)
    more = await _with_more_facts(bench)
    total = sum(grown.values())
    largest = sorted(grown, key=lambda name: -grown[name])[:_LARGEST]
    return {
        "cases": f"{number:,}, open, of {facts / number:.1f} facts each, on {datetime.now(UTC):%-d %B %Y}",
        "PostgreSQL, a case": f"{total / number / _KB:.1f}",
        "PostgreSQL, a fact": f"{total / facts / _KB:.2f}",
        **{f"of a case, {name} with its indexes": f"{grown[name] / number / _KB:.1f}" for name in largest},
        "Temporal, the history of a case begun from its records": f"{history / number / _KB:.1f}",
        "Temporal, each further fact": f"{more / _KB:.2f}",
    }


async def _with_more_facts(bench: Bench) -> float:
    """By so many bytes a history grows with each contact that is recorded."""
    connection = Connection(bench.settings.api_port, bench.token)
    product = Product(bench, [connection])
    await repeat(product.open, _WORKED_ON, 1)
    await product.everything_settled()
    connection.close()
    refs = product.subjects.names = product.opened
    before = await _histories(bench, refs)
    await repeat(product.fact_by_door, _FACTS * len(refs), 1)
    await product.receipts_written()
    return (await _histories(bench, refs) - before) / (_FACTS * len(refs))


async def _histories(bench: Bench, refs: list[str]) -> int:
    """Bytes, as the engine counts them."""
    described = [await bench.client.get_workflow_handle(workflow_id(ref)).describe() for ref in refs]
    return sum(one.raw_description.workflow_execution_info.history_size_bytes for one in described)


async def _tables(bench: Bench) -> dict[str, int]:
    await bench.records.execute("VACUUM")
    return {row["relname"]: row["rows"] + row["indexes"] for row in await bench.records.fetch(_BY_TABLE)}
