"""What happens beside the cases: letters go to the post, one comes back, an agency answers, files come of which
nobody knows the case, and lettings ask about an applicant.
"""

import asyncio
import base64
import re
import time
from collections.abc import Callable, Sequence
from email import message_from_bytes
from http import HTTPStatus
from pathlib import Path
from typing import Any, Final
from uuid import NAMESPACE_URL, uuid5

from cli.demonstration.caseload import Life
from cli.demonstration.files import made
from cli.demonstration.telling import NotTaken, Telling
from runtime.embedded.mailbox import Mail, kept_mail, printed

_WHO: Final = "officer-1"
_BOUNCED: Final = "this morning"
"""The plot of whom it comes back to us."""
_REFERRED: Final = "recorded"
"""The one with a referral that goes by e-mail."""
_AN_ANSWER: Final = re.compile(r"/answer/([\w.~-]+)")
_PATIENCE: Final = 20.0
_PAUSE: Final = 0.2
_KEPT_BACK: Final = 6
"""Letters that are still to be posted, the newest."""
_REPORT: Final = """\
Content-Type: multipart/report; report-type=delivery-status; boundary=part

--part
Content-Type: text/plain

The mailbox is full.

--part
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.example.org

Final-Recipient: rfc822; {to}
Action: failed
Status: 5.2.2

--part
Content-Type: text/rfc822-headers

{headers}
--part--
"""


async def beside_its_cases(telling: Telling, lives: Sequence[Life], mail: Path | None) -> None:
    """Told again on the same day, nothing is done twice. Raises NotTaken."""
    first = lives[0]
    await _posted(telling, first)
    for what in ("photo", "recording"):
        await telling.sent(_WHO, "/api/evidence", telling.key(first, "queue", what), made(what))
    applicant = {"name": "Quill Inventedson", "address": ["3 Invented Terrace"]}
    asked = {"reason": "exclusion_policy", "applicant": applicant, "application": "APP-2075-1"}
    answer = await telling.posted("lettings-1", "/api/lettings-checks", telling.key(first, "lettings"), asked)
    telling.well(answer, "a question of lettings")
    if mail is None:
        return
    if (bounced := next((life for life in lives if life.plot == _BOUNCED), None)) is not None:
        await _came_back(telling, bounced, mail)
    if any(life.plot == _REFERRED for life in lives):
        await _answered(telling, mail)


async def _posted(telling: Telling, first: Life) -> None:
    """What waits is printed together; all but the newest is at the post."""
    run = await telling.posted(_WHO, "/api/print-runs", telling.key(first, "print run"), {})
    if run.status_code == HTTPStatus.CONFLICT:
        return
    pile: dict[str, Any] = telling.well(run, "a print run")
    letters = [line["id"] for line in pile["lines"]][:-_KEPT_BACK]
    if letters:
        said = {"letters": letters, "at": pile["made_at"]}
        path = f"/api/print-runs/{pile['id']}/posted"
        telling.well(await telling.posted(_WHO, path, telling.key(first, "posted"), said), "letters posted")


async def _came_back(telling: Telling, life: Life, folder: Path) -> None:
    """The acknowledgement, as a mail server whose mailbox is full says it."""
    address, until = life.report.body["complainant"]["email"], time.monotonic() + _PATIENCE
    [first, *_] = await _mail_that(lambda one: address in one.to, folder)
    headers = "".join(f"{name}: {value}\n" for name, value in message_from_bytes(first.file.read_bytes()).items())
    report = _REPORT.format(to=address, headers=headers).encode()
    said = {"message": base64.b64encode(report).decode()}
    key = telling.key(life, "bounce")
    answer = await telling.posted("ops-1", "/api/mail/bounces", key, said)
    while answer.status_code == HTTPStatus.SERVICE_UNAVAILABLE and time.monotonic() < until:
        await asyncio.sleep(_PAUSE)
        answer = await telling.posted("ops-1", "/api/mail/bounces", key, said)
    telling.well(answer, "a letter that came back")


async def _answered(telling: Telling, folder: Path) -> None:
    """By the links that we sent, each agency says that it has what we told it."""
    for mail in await _mail_that(lambda one: _AN_ANSWER.search(printed(one)) is not None, folder):
        for link in dict.fromkeys(_AN_ANSWER.findall(printed(mail))):
            key = str(uuid5(NAMESPACE_URL, link))
            said = {"fact": "referral_acknowledged", "words": "We measure on Thursday night."}
            telling.well(await telling.posted(None, f"/api/answers/{link}", key, said), "an agency's answer")


async def _mail_that(fits: Callable[[Mail], bool], folder: Path) -> Sequence[Mail]:
    """Raises NotTaken where none has come."""
    until = time.monotonic() + _PATIENCE
    while not (found := await asyncio.to_thread(lambda: [one for one in kept_mail(folder) if fits(one)])):
        if time.monotonic() > until:
            raise NotTaken("A letter by e-mail has not gone.")
        await asyncio.sleep(_PAUSE)
    return found
