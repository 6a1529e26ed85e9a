"""A message leaves for the address that was looked at, and for none in our own network that nobody named."""

import json
import ssl
from collections.abc import Sequence
from dataclasses import dataclass, field
from ipaddress import ip_address, ip_network

import pytest
from webhook_receiver import HERE, SECRET, Agency, Talk, misbehaving, receiving

from gateways.addresses import is_public
from gateways.delivery import DeliveryInDoubt, DeliveryRefused, DeliveryUnavailable
from gateways.webhook import HttpWebhook, OutgoingWebhook, Receiver
from runtime.embedded.processes import free_port

MESSAGE = OutgoingWebhook("8d1f0f5e-5a44-4c0c-9e0c-0f5d5d2b8a11", json.dumps({"type": "referral.made"}).encode())
FIRST_ALONE = (ip_network("127.0.0.1/32"),)
NOT_PUBLIC = {
    "loopback": "127.0.0.1",
    "loopback elsewhere": "127.8.9.10",
    "private 10": "10.0.0.1",
    "private 172": "172.31.255.255",
    "private 192": "192.168.1.1",
    "carrier's own": "100.64.0.1",
    "link-local, cloud metadata": "169.254.169.254",
    "unspecified": "0.0.0.0",  # noqa: S104 - nobody listens there
    "this network": "0.1.2.3",
    "multicast": "224.0.0.1",
    "reserved": "240.0.0.1",
    "broadcast": "255.255.255.255",
    "documentation": "192.0.2.1",
    "benchmarks": "198.18.0.1",
    "relay to IPv6": "192.88.99.1",
    "IPv6 loopback": "::1",
    "IPv6 unspecified": "::",
    "IPv6 unique local": "fd00::1",
    "IPv6 link-local": "fe80::1",
    "IPv6 link-local with a zone": "fe80::1%lo",
    "IPv6 site-local": "fec0::1",
    "IPv6 multicast": "ff02::1",
    "IPv6 documentation": "2001:db8::1",
    "IPv6 documentation, new": "3fff::1",
    "IPv4-mapped private": "::ffff:10.0.0.1",
    "IPv4-mapped public": "::ffff:93.184.215.14",
    "IPv4-compatible": "::93.184.215.14",
    "NAT64 of private": "64:ff9b::10.0.0.1",
    "NAT64 of public": "64:ff9b::93.184.215.14",
    "NAT64, local": "64:ff9b:1::10.0.0.1",
    "6to4 of private": "2002:a00:1::1",
    "Teredo": "2001:0:a00:1::1",
}


@dataclass
class Names:
    """A resolver whose answers are said beforehand, one after the other."""

    answers: list[list[str]]
    asked: list[str] = field(default_factory=list)

    async def __call__(self, host: str, _: int) -> Sequence[str]:
        self.asked.append(host)
        return self.answers.pop(0)


def at(port: str, name: str = "agency.example") -> Receiver:
    return Receiver(f"http://{name}:{port}/referrals", SECRET)


def port_of(address: str) -> str:
    return address.rpartition(":")[2].partition("/")[0]


@pytest.mark.parametrize("address", [pytest.param(one, id=name) for name, one in NOT_PUBLIC.items()])
async def test_a_name_that_leads_into_our_own_network_gets_nothing(address: str) -> None:
    assert not is_public(ip_address(address))
    for found in ([address], ["93.184.215.14", address], [address, "93.184.215.14"]):
        webhook = HttpWebhook(1, without_tls=True, resolve=Names([found]))
        with pytest.raises(DeliveryRefused, match="does not lead to a public address") as refused:
            await webhook.send(MESSAGE, at("80"))
        assert address not in str(refused.value)


@pytest.mark.parametrize("address", ["93.184.215.14", "1.1.1.1", "2606:2800:21f:cb07:6820:80da:af6b:8b2c"])
def test_an_address_of_somebody_on_the_internet_is_public(address: str) -> None:
    assert is_public(ip_address(address))


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "2130706433", "0x7f.1", "0", "[::1]", "[::ffff:127.0.0.1]", "127.1"]
)
async def test_however_this_machine_is_called_nothing_goes_to_it(host: str) -> None:
    agency = Agency()
    async with receiving(agency) as address:
        with pytest.raises((DeliveryRefused, DeliveryUnavailable)):
            await HttpWebhook(1, without_tls=True).send(MESSAGE, at(port_of(address), host))
    assert agency.asked == 0


async def test_a_name_that_leads_elsewhere_when_asked_again_leads_nobody_astray() -> None:
    """DNS rebinding: a good address for the look, one of ours for the connection."""
    agency, names = Agency(), Names([["127.0.0.1"], ["127.0.0.2"]])
    async with receiving(agency) as address:
        webhook = HttpWebhook(2, without_tls=True, private=FIRST_ALONE, resolve=names)
        await webhook.send(MESSAGE, at(port_of(address)))
        assert names.asked == ["agency.example"]
        with pytest.raises(DeliveryRefused, match="public address"):
            await webhook.send(MESSAGE, at(port_of(address)))
    assert agency.asked == 1
    assert agency.headers[0]["host"] == f"agency.example:{port_of(address)}"


async def test_a_network_of_our_own_that_is_named_may_be_reached_and_no_other() -> None:
    agency = Agency()
    async with receiving(agency) as address:
        for private, taken in ((FIRST_ALONE, True), ((ip_network("10.0.0.0/8"),), False), ((), False)):
            webhook = HttpWebhook(2, without_tls=True, private=private)
            if taken:
                await webhook.send(MESSAGE, at(port_of(address), "127.0.0.1"))
            else:
                with pytest.raises(DeliveryRefused):
                    await webhook.send(MESSAGE, at(port_of(address), "127.0.0.1"))
    assert agency.asked == 1


async def test_the_next_address_is_tried_where_nobody_is_at_the_first() -> None:
    agency = Agency()
    async with receiving(agency) as address:
        names = Names([["127.0.0.9", "::1", "127.0.0.1"]])
        webhook = HttpWebhook(3, without_tls=True, private=HERE, resolve=names)
        await webhook.send(MESSAGE, at(port_of(address)))
    assert agency.asked == 1
    nobody = HttpWebhook(1, without_tls=True, private=HERE, resolve=Names([["127.0.0.9", "127.0.0.8"]]))
    with pytest.raises(DeliveryUnavailable):
        await nobody.send(MESSAGE, at(str(free_port())))


async def test_an_address_that_has_it_is_not_asked_for_the_next() -> None:
    heard = []

    async def hears_and_leaves(talk: Talk) -> None:
        heard.append(await talk.hear())

    async with misbehaving(hears_and_leaves) as address:
        names = Names([["127.0.0.1", "127.0.0.1", "::1"]])
        webhook = HttpWebhook(2, without_tls=True, private=HERE, resolve=names)
        with pytest.raises(DeliveryInDoubt):
            await webhook.send(MESSAGE, at(port_of(address)))
    assert len(heard) == 1


@pytest.mark.parametrize(("name", "taken"), [("localhost", True), ("agency.example", False)])
async def test_a_certificate_is_of_the_name_and_not_of_the_address(
    certified: ssl.SSLContext, name: str, taken: bool
) -> None:
    """The certificate of this one names localhost and 127.0.0.1."""
    agency = Agency()
    async with receiving(agency, certified) as address:
        webhook = HttpWebhook(2, private=HERE, resolve=Names([["127.0.0.1"]]))
        to = Receiver(f"https://{name}:{port_of(address)}/referrals", SECRET)
        if taken:
            await webhook.send(MESSAGE, to)
        else:
            with pytest.raises(DeliveryUnavailable):
                await webhook.send(MESSAGE, to)
    assert agency.asked == int(taken)


async def test_a_head_without_end_is_not_read_to_its_end() -> None:
    async def talks_on(talk: Talk) -> None:
        await talk.hear()
        talk.writer.write(b"HTTP/1.1 200 OK\r\nX-Long: ")
        for _ in range(10_000):
            talk.writer.write(b"x" * 1000)
            await talk.writer.drain()

    async with misbehaving(talks_on) as address:
        webhook = HttpWebhook(5, without_tls=True, private=HERE)
        with pytest.raises(DeliveryInDoubt):
            await webhook.send(MESSAGE, Receiver(address, SECRET))


async def test_a_name_that_no_address_can_have_is_refused() -> None:
    with pytest.raises((DeliveryRefused, DeliveryUnavailable)):
        await HttpWebhook(2).send(MESSAGE, Receiver(f"https://{'x' * 64}.example/", SECRET))
