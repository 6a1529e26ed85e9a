"""The people a report speaks of, as it names them. Personal data: PostgreSQL and encrypted payloads only."""

from enum import StrEnum

from policy.facts.base import Email, Line, Phone
from policy.frozen import Frozen


class Means(StrEnum):
    PHONE = "phone"
    TEXT = "text"
    EMAIL = "email"
    POST = "post"
    VISIT = "visit"


class Standing(StrEnum):
    """What somebody is to the landlord. (anyone-affecting-us, section 1)"""

    TENANT = "tenant"
    HOUSEHOLD_MEMBER = "household_member"
    LEASEHOLDER = "leaseholder"
    VISITOR = "visitor"
    NEIGHBOUR = "neighbour"
    STAFF = "staff"
    CONTRACTOR = "contractor"
    UNKNOWN = "unknown"


class Person(Frozen):
    """A complainant: every field may be missing, since an anonymous report is a report."""

    name: Line | None = None
    standing: Standing = Standing.UNKNOWN
    address: tuple[Line, ...] = ()
    email: Email | None = None
    phone: Phone | None = None
    prefers: Means | None = None

    def written_to_by(self) -> Means | None:
        """E-mail or post, the chosen one where it is possible; None when neither is."""
        if self.email and (self.prefers == Means.EMAIL or not self.address):
            return Means.EMAIL
        return Means.POST if self.address else None

    def reachable(self) -> bool:
        return bool(self.email or self.phone or self.address)


class Party(Frozen):
    """Who is complained about, as far as the reporter knows."""

    name: Line | None = None
    standing: Standing = Standing.UNKNOWN
    address: tuple[Line, ...] = ()


class Place(Frozen):
    address: tuple[Line, ...] = ()
    ward: Line | None = None
