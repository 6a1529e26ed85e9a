"""What the case file knows of the police and of mediation: codes and dates."""

from pydantic import AwareDatetime

from policy.frozen import Frozen


class Police(Frozen):
    """What the victim is asked about the police, and what we owe about an alleged crime. `ask_since`: from when we
    have to ask, `asked_at` when we last did, `refer_since` from when a referral is owed, `decided_at` when
    it was made or declined.
    """

    crime_alleged: bool = False
    ask_since: AwareDatetime | None = None
    asked_at: AwareDatetime | None = None
    refer_since: AwareDatetime | None = None
    decided_at: AwareDatetime | None = None


class Offer(Frozen):
    """Mediation as offered to one side: under which key, and what they said."""

    matter: str
    agreed: bool | None = None
