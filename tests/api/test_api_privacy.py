"""Nobody's name, address or words end up in a log line, a metric or a problem."""

import asyncio
import io
import logging
from collections.abc import Iterator

import asyncpg
import pytest
import structlog
from temporalio.client import Client

from runtime import logs
from runtime.database import dsn, engine
from runtime.embedded.mailbox import Mailbox
from runtime.embedded.processes import free_port
from runtime.settings import Settings
from store.sessions import Store
from tests.api.product import Product, elsewhere, problem, report, serving, until
from tests.api.signing_in import a_browser, signed_in, signing_in_at
from tests.api.test_api_away import FAILING_COMMIT
from tests.identity_provider import pretending
from workers.worker import make_worker

INVENTED = ("Quillon", "Brackenthwaite", "zanzibarine", "gooseberry", "opalescent", "tamarind")
TOLD = report(
    words="A zanzibarine noise.",
    complainant={
        "name": "Quillon Ember",
        "email": "opalescent@example.org",
        "address": ["4 Brackenthwaite Way"],
        "prefers": "email",
    },
    about={"name": "Tamarind Vale"},
)


@pytest.fixture
def lines(settings: Settings) -> Iterator[io.StringIO]:
    """All that our logs say at their most talkative, as in production."""
    root, written = logging.getLogger(), io.StringIO()
    handlers, level = root.handlers[:], root.level
    logs.configure(elsewhere(settings, log_format="json", log_level="debug"))
    structlog.configure(cache_logger_on_first_use=False)
    (handler,) = root.handlers
    assert isinstance(handler, logging.StreamHandler)
    handler.setStream(written)
    yield written
    root.handlers[:] = handlers
    root.setLevel(level)
    structlog.reset_defaults()


def told_of_nobody(text: str) -> None:
    for word in INVENTED:
        assert word.lower() not in text.lower(), text[max(0, text.lower().index(word.lower()) - 300) :][:700]


async def test_a_whole_story_leaves_no_personal_data_in_logs_metrics_or_problems(
    settings: Settings, store: Store, client: Client, mailbox: Mailbox, lines: io.StringIO
) -> None:
    settings = elsewhere(settings, smtp_port=mailbox.port)
    async with make_worker(client, settings, store), serving(settings, mailbox) as product:
        ref = await product.officer.reported(**TOLD)

        async def acknowledged() -> object:
            return mailbox.messages()

        assert "Quillon" in (await until(acknowledged))[0].file.read_text()
        officer = product.officer
        await officer.recorded(ref, "contact_made", means="phone", words="Ate gooseberry jam.")
        someone = {
            "name": "Quillon Ember",
            "address": ["4 Brackenthwaite Way"],
            "safe_contact": "Ask for tamarind.",
        }
        known = (await officer.post("/api/people", someone)).json()["id"]
        assert (await officer.post("/api/people/search", {"words": "Quillon"})).json()["people"]
        draft = {"about": {"name": "Quillon Ember", "address": ["4 Brackenthwaite Way"]}}
        assert (await officer.post("/api/reports/similar", draft)).json()["cases"]
        await officer.recorded(ref, "person_identified", key="perpetrator-1", person=known)
        answers = [
            await officer.post("/api/people", someone | {"standing": "tamarind", "phone": "gooseberry"}),
            await officer.post(f"/api/people/{known}/corrections", {"email": "gooseberry"}),
            await officer.post("/api/people/search", {"words": "gooseberry" * 99}),
            await officer.post("/api/reports/similar", draft | {"people": ["tamarind"]}),
            await officer.fact(ref, "person_joined", key="tamarind", part="victim"),
            await officer.fact(ref, "contact_made", means="tamarind", words="gooseberry" * 900),
            await officer.fact(ref, "contact_made", means="phone", words="gooseberry", at="2001-01-01T00:00:00Z"),
            await officer.fact(ref, "case_closed", closing="with_letter", reasons="gooseberry"),
            await officer.fact(ref, "assessed", words="gooseberry"),
            await officer.get("/api/cases", words="gooseberry", cursor="tamarind"),
            await product.public.post_raw("/api/reports", b"{gooseberry"),
        ]
        asked = {"name": "Tamarind Vale", "address": ["4 Brackenthwaite Way"]}
        question = {"reason": "exclusion_policy", "applicant": asked}
        assert (await product.lettings.post("/api/lettings-checks", question)).status_code == 201
        answers += [
            await product.lettings.post("/api/lettings-checks", question | {"reason": "gooseberry"}),
            await product.lettings.post("/api/lettings-checks", {"applicant": asked | {"born": "tamarind"}}),
        ]
        for answer in answers:
            assert answer.status_code >= 400
            told_of_nobody(answer.text)
        assert (await officer.get("/api/cases", words="Brackenthwaite")).json()["cases"]
        told_of_nobody((await product.ops.get("/metrics")).text)
    assert ref in lines.getvalue()
    told_of_nobody(lines.getvalue())


async def test_a_failing_statement_tells_the_log_its_reason_and_not_its_row(
    settings: Settings, client: Client, database: str, lines: io.StringIO
) -> None:
    pool = engine(settings)
    connection = await asyncpg.connect(dsn(database))
    await connection.execute(FAILING_COMMIT.format(table="reports"))
    await connection.execute(
        "CREATE TRIGGER at_once BEFORE INSERT ON mentions FOR EACH ROW EXECUTE FUNCTION fail()"
    )
    async with make_worker(client, settings, Store(pool)), serving(settings) as product:
        answer = await product.public.post("/api/reports", TOLD)
        told_of_nobody(str(problem(answer, 500, "fault")))
        await connection.execute("DROP TRIGGER fails_at_commit ON reports")
        assert (await product.public.post("/api/reports", TOLD)).status_code == 202
        await asyncio.sleep(0.5)
    await connection.close()
    await pool.dispose()
    said = lines.getvalue()
    assert "request_failed" in said
    assert "store_refused" in said
    assert "CheckViolation" in said
    told_of_nobody(said)


async def test_a_problem_never_holds_a_stack_trace(product: Product) -> None:
    ref = await product.officer.reported()
    for answer in (
        await product.officer.post_raw(f"/api/cases/{ref}/facts", b"\xff"),
        await product.officer.fact(ref, "closure_approved"),
        await product.http.get("/api/cases/x"),
    ):
        assert answer.status_code >= 400
        assert 'File "' not in answer.text


async def test_a_sign_in_leaves_no_name_and_no_secret_in_logs(settings: Settings, lines: io.StringIO) -> None:
    async with pretending(free_port()) as provider, signing_in_at(settings, provider.issuer) as product:
        provider.person |= {"name": "Quillon Tamarind", "groups": ["officers", "zanzibarine"]}
        async with a_browser(product) as browser:
            assert (await signed_in(browser)).status_code == 303
            me = await browser.get("/api/me")
            secrets = [me.request.headers["cookie"].partition("=")[2], provider.asked["nonce"], "a-code"]
            for wrong in ({"iss": "gooseberry"}, {"nonce": "opalescent"}, {"groups": ["brackenthwaite"]}):
                provider.says = wrong
                assert (await signed_in(browser)).status_code == 403
                token = {"Authorization": f"Bearer {provider.signed()}"}
                assert (await browser.get("/api/me", headers=token)).status_code == 401
                secrets.append(token["Authorization"].partition(" ")[2])
            told = (await product.ops.get("/metrics")).text
    written = lines.getvalue() + told
    assert '"sign_in_refused"' in written
    assert not [secret for secret in secrets if secret in written]
    told_of_nobody(written)
