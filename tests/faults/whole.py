"""The whole product with all that it reaches, and whoever comes to its doors."""

import asyncio
import json
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from typing import Any, Final

import httpx2

from runtime.embedded.processes import LOOPBACK, free_port
from runtime.tokens import issue
from tests.api.product import Caller
from tests.certificates import Authority
from tests.clamav import clamd
from tests.faults.collector import Collector, collecting
from tests.faults.said import Said
from tests.faults.stack import Stack, running_stack
from tests.gateways.webhook_receiver import SECRET, TEXT_SECRET, Agency, TextGateway, receiving

PATIENCE: Final = 120
"""Seconds."""
OUR_PAGE: Final = {"Sec-Fetch-Site": "same-origin"}


@dataclass
class Whole:
    stack: Stack
    http: httpx2.AsyncClient
    texts: TextGateway
    agency: Agency
    metrics: dict[str, str]
    """Addresses, by whose they are."""
    collector: Collector
    said: Said = field(default_factory=Said)
    tokens: dict[str, str] = field(default_factory=dict)

    def staff(self, role: str, name: str | None = None) -> Caller:
        name = name or f"{role}-1"
        if name not in self.tokens:
            self.tokens[name] = issue(self.stack.settings, name, role, timedelta(hours=1))
            self.said.secret(f"what signs the token of {name}", self.tokens[name].rpartition(".")[2])
        return Caller(self.http, self.tokens[name])

    @property
    def public(self) -> Caller:
        return Caller(self.http)

    @property
    def officer(self) -> Caller:
        return self.staff("officer")

    @property
    def supervisor(self) -> Caller:
        return self.staff("supervisor")

    @asynccontextmanager
    async def browser(self) -> AsyncIterator[httpx2.AsyncClient]:
        """It trusts loopback as it trusts TLS, and brings its cookies."""

        async def bring(request: httpx2.Request) -> None:
            if kept := "; ".join(f"{one.name}={one.value}" for one in http.cookies.jar):
                request.headers["Cookie"] = kept

        hooks: Any = {"request": [bring]}
        async with httpx2.AsyncClient(
            base_url=self.stack.api, headers=OUR_PAGE, timeout=30, event_hooks=hooks
        ) as http:
            yield http

    async def mailed(self, *words: str) -> tuple[bytes, str]:
        """The e-mail with all these words, once it has come: as it came, and what it says."""

        async def came() -> tuple[bytes, str] | None:
            for one in await asyncio.to_thread(self.stack.mailbox.messages):
                raw = one.file.read_bytes()
                body = message_from_bytes(raw, policy=default).get_body(("plain",))
                text = str(body.get_content()) if body is not None else ""
                if all(word in f"{raw.decode(errors='replace')}\n{text}" for word in words):
                    return raw, text
            return None

        found: tuple[bytes, str] = await until(came)
        return found

    async def link(self, whose: str, *words: str) -> str:
        """The private link in an e-mail with these words; what signs it is a secret."""
        _, text = await self.mailed(*words)
        found = re.search(r"https?://\S+/(?:l|answer)/\S+", text)
        assert found is not None, text
        self.opens(whose, found[0])
        return found[0]

    def opens(self, whose: str, link: str) -> None:
        _, claims, signed = link.rpartition("/")[2].split(".")
        self.said.secret(f"the link of {whose}", claims)
        self.said.secret(f"what signs the link of {whose}", signed)

    async def facts(self, ref: str, kind: str) -> list[dict[str, Any]]:
        answer = await self.officer.get(f"/api/cases/{ref}/timeline", limit=200)
        return [one for one in answer.json()["entries"] if one["fact"] == kind]


async def until(true: Callable[[], Awaitable[Any]]) -> Any:
    async with asyncio.timeout(PATIENCE):
        while not (got := await true()):
            await asyncio.sleep(0.1)
    return got


def ok(answer: httpx2.Response, *statuses: int) -> httpx2.Response:
    """Raises AssertionError with what it says."""
    assert answer.status_code in (statuses or (200, 201, 202, 303)), (answer.status_code, answer.text[:2000])
    return answer


@asynccontextmanager
async def whole_product(folder: Path) -> AsyncIterator[Whole]:
    """Logging all that it can."""
    texts, agency = TextGateway(), Agency()
    authority = Authority(folder, "authority")
    certificate = authority.vouches_for("localhost", LOOPBACK)
    async with (
        clamd(folder / "clamd") as scanner,
        collecting() as collector,
        receiving(texts, certificate.serving()) as sends_texts,
        receiving(agency, certificate.serving()) as system,
    ):
        ports = {"worker": free_port(), "relay": free_port()}
        agencies = {
            "victim_support": {"name": "Victim Support", "email": "referrals@support.example"},
            "floating_support": {"name": "Support", "url": system, "secret": SECRET},
        }
        everywhere = {
            "CASEWORK_LOG_FORMAT": "json",
            "CASEWORK_LOG_LEVEL": "debug",
            "CASEWORK_SCANNER_ADDRESS": scanner,
            "CASEWORK_EVIDENCE_REST_SECONDS": "0.3",
            "CASEWORK_TEXT_MESSAGES_URL": sends_texts,
            "CASEWORK_TRACES_URL": collector.url,
        }
        reaching = {
            "CASEWORK_TEXT_MESSAGES_SECRET": TEXT_SECRET,
            "CASEWORK_AGENCIES": json.dumps(agencies),
            "CASEWORK_WEBHOOKS_TO_PRIVATE_ADDRESSES": '["127.0.0.0/8", "::1/128"]',
            "SSL_CERT_FILE": str(authority.file),
        }
        also = {
            "api": everywhere,
            "relay": everywhere | {"CASEWORK_WORKER_HEALTH_PORT": str(ports["relay"])},
            "worker": everywhere | reaching | {"CASEWORK_WORKER_HEALTH_PORT": str(ports["worker"])},
        }
        async with (
            running_stack(folder / "stack", also) as stack,
            httpx2.AsyncClient(base_url=stack.api, timeout=30) as http,
        ):
            metrics = {name: f"http://{LOOPBACK}:{port}/metrics" for name, port in ports.items()}
            whole = Whole(stack, http, texts, agency, metrics | {"engine": stack.temporal.metrics}, collector)
            for program, secrets in (("text messages", TEXT_SECRET), ("the agency's system", SECRET)):
                whole.said.secret(f"our secret at {program}", secrets)
            yield whole
