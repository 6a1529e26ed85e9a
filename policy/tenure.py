"""How somebody holds a home of ours."""

from enum import StrEnum


class Tenure(StrEnum):
    STARTER = "starter"
    ASSURED = "assured"
    ASSURED_SHORTHOLD = "assured_shorthold"
    FIXED_TERM = "fixed_term"
    DEMOTED = "demoted"
    SECURE = "secure"
    SHARED_OWNERSHIP = "shared_ownership"
    LEASEHOLD = "leasehold"
    LICENCE = "licence"
    OTHER = "other"
    NONE = "none"
    """Not our tenant."""
