"""Which addresses a message may leave for. A name in a setting may lead anywhere, also into our own network."""

import asyncio
import ipaddress
import socket
from collections.abc import Awaitable, Callable, Sequence
from typing import Final

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network
Resolve = Callable[[str, int], Awaitable[Sequence[str]]]

_UNICAST: Final = ipaddress.ip_network("2000::/3")
"""Outside it stand loopback, mapped and compatible IPv4, NAT64, unique and link-local addresses, and multicast."""

_LEADING_ELSEWHERE: Final = tuple(
    ipaddress.ip_network(network)
    for network in (
        "192.88.99.0/24",  # relays to IPv6 (RFC 7526)
        "2001::/32",  # Teredo: holds an IPv4 address
        "2002::/16",  # 6to4: the same
        "3fff::/20",  # for documentation (RFC 9637)
    )
)


class AddressRefused(Exception):
    """The text does not say where the name leads: whoever may set names must not map our network with them."""


async def resolved(host: str, port: int) -> list[str]:
    """By the machine's own resolver, in its order. Raises OSError and AddressRefused."""
    try:
        found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except UnicodeError:
        raise AddressRefused("This is not a name that an address can have.") from None
    return [str(sockaddr[0]) for *_, sockaddr in found]


def checked(found: Sequence[str], also: Sequence[Network]) -> list[str]:
    """All of them, once each, when each may be gone to: one that may not says enough of the name. `also` are
    networks of our own that may be reached. Raises AddressRefused.
    """
    addresses = [ipaddress.ip_address(one) for one in dict.fromkeys(found)]
    if not addresses or not all(is_public(one) or any(one in network for network in also) for one in addresses):
        raise AddressRefused("This name does not lead to a public address.")
    return [str(one) for one in addresses]


def is_public(address: Address) -> bool:
    """Anybody's on the internet, and one machine's."""
    if not address.is_global or address.is_multicast or address.is_reserved:
        return False
    if address.version == _UNICAST.version and address not in _UNICAST:
        return False
    return not any(address in network for network in _LEADING_ELSEWHERE)
