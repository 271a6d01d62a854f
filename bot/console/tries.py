"""A try at a code or a passphrase: whose account it is on, and from which network it comes."""

from __future__ import annotations

from datetime import datetime
from ipaddress import ip_address, ip_network

from bot.house import House
from dialogs.frozen import Frozen

# Behind these stand proxies and routers, of which everybody seems to come.
NEAR = tuple(
    ip_network(each) for each in ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7")
)
# How much of an address is one network, by version.
PREFIXES = {4: 24, 6: 48}


class Try(Frozen):
    """A try to sign in: on which account, from which network, and when."""

    account: bytes
    network: bytes
    at: datetime

    @classmethod
    def of(cls, house: House, remote: str | None, email: str) -> Try:
        """Make one of this moment."""
        network = network_index(house, remote, email)
        return cls(email_index(house, email), network, house.clock.now())


def email_index(house: House, email: str) -> bytes:
    """Give the keyed hash under which an account is found."""
    return house.keystore.index("staff", email.strip().casefold())


def network_index(house: House, remote: str | None, email: str) -> bytes:
    """Give the keyed hash of the network somebody comes from.

    From this machine, or from a private network, everybody comes who is behind a proxy or router
    there. Counted as one, a stranger could lock everybody out; so there each account is counted by
    itself.
    """
    try:
        address = ip_address(remote or "")
    except ValueError:
        return house.keystore.index("network", f"unknown {email.casefold()}")
    # A socket for both versions writes the one as the other.
    address = getattr(address, "ipv4_mapped", None) or address
    if address.is_loopback or any(address in each for each in NEAR):
        return house.keystore.index("network", f"here {email.casefold()}")
    prefix = PREFIXES[address.version]
    return house.keystore.index("network", str(ip_network((address, prefix), strict=False)))
