"""Fetching somebody's calendar as a program does, and reading it with care."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Final
from uuid import uuid4

from signed_in import a_sign_in

from api.browser import SIGNED_IN
from runtime.tokens import calendar_address
from store import calendar_addresses
from store.calendar_addresses import CalendarAddress
from tests.api.product import Product

_LINE: Final = re.compile(r"(?P<name>[A-Z-]+)(?P<parameters>(?:;[A-Z-]+=[^:;]+)*):(?P<value>.*)")
Event = dict[str, str]


def parsed(body: bytes) -> list[Event]:
    """As a careful program reads it: each property once, of those that must be there none missing."""
    assert body.endswith(b"\r\n")
    assert b"\n" not in body.replace(b"\r\n", b"")
    assert all(len(line) <= 75 for line in body.split(b"\r\n"))
    lines = body.decode().replace("\r\n ", "").split("\r\n")[:-1]
    assert (lines[0], lines[1], lines[-1]) == ("BEGIN:VCALENDAR", "VERSION:2.0", "END:VCALENDAR")
    return list(_events(lines))


def _events(lines: list[str]) -> Iterator[Event]:
    stack: list[str] = []
    event: Event = {}
    for line in lines:
        found = _LINE.fullmatch(line)
        assert found, line
        name, value = found["name"], found["value"]
        if name == "BEGIN":
            stack.append(value)
            event = {} if value == "VEVENT" else event
        elif name == "END":
            assert stack.pop() == value
            if value == "VEVENT":
                assert event.keys() >= {"UID", "DTSTAMP", "DTSTART", "SUMMARY", "SEQUENCE"}
                yield event
        elif stack[-1] == "VEVENT":
            assert name not in event, name
            event[name] = _plain(value) if name in {"SUMMARY", "LOCATION", "UID"} else value
    assert not stack


def _plain(value: str) -> str:
    return re.sub(r"\\(.)", lambda one: "\n" if one[1] in "nN" else one[1], value)


async def press(site: Product, do: str, subject: str, key: str = "") -> None:
    """As somebody presses who signed in in a browser."""
    cookie = {SIGNED_IN.name(site.settings): await a_sign_in(site, subject)}
    form, ours = {"do": do, "key": key or str(uuid4())}, {"Sec-Fetch-Site": "same-origin"}
    cookies = "; ".join(f"{name}={value}" for name, value in cookie.items())
    answer = await site.http.post("/safety/hearings", data=form, headers=ours | {"Cookie": cookies})
    assert answer.status_code == 303, answer.text


async def of(site: Product, subject: str) -> CalendarAddress:
    async with site.resources.everything.reading() as db:
        mine = await calendar_addresses.of(db, subject, datetime.now(UTC))
    assert mine is not None
    return mine


async def address_of(site: Product, subject: str) -> str:
    mine = await of(site, subject)
    return calendar_address(site.settings, mine.id, mine.until)


async def made(site: Product, subject: str) -> str:
    await press(site, "make", subject)
    return await address_of(site, subject)


async def fetched(site: Product, address: str) -> list[Event]:
    answer = await site.http.get(address)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    assert answer.headers["cache-control"] == "no-store"
    return parsed(answer.content)


def about(events: list[Event], ref: str) -> list[Event]:
    return [one for one in events if one["SUMMARY"].startswith(f"{ref}:")]


def ymd(day: date) -> str:
    return f"{day:%Y%m%d}"
