"""The published decisions that patterns were learnt from, in our words."""

from typing import Final

from policy.audit.base import Published

_OMBUDSMAN: Final = "Housing Ombudsman"
_COUNCILS: Final = "Local Government and Social Care Ombudsman"

LATE_AND_SILENT: Final = Published(
    _OMBUDSMAN,
    "202222379",
    "First contact late, contact inconsistent and not all of it recorded, no risk assessment, no reviews.",
)
CHASED: Final = Published(_OMBUDSMAN, "202113716", "The resident had to chase eight times for a response.")
NOT_THROUGH: Final = Published(
    _OMBUDSMAN,
    "202016195",
    "Did not follow through with its commitment about the hate crime procedure within a reasonable time.",
)
NOT_READ: Final = Published(
    _OMBUDSMAN,
    "202232049",
    "Vulnerabilities neither considered nor recorded, supporting documents not read.",
)
VULNERABLE: Final = Published(
    _OMBUDSMAN,
    "202450882",
    "Vulnerabilities told in October 2023; reports handled with service failure until 2025.",
)
NEIGHBOUR_ABOVE: Final = Published(
    _OMBUDSMAN,
    "202118354",
    "Reports about the neighbour above from 2017 on were not handled as they should have been.",
)
ESCALATED: Final = Published(
    _OMBUDSMAN,
    "202110414",
    "Dumped rubbish grew into harassment while the reports were handled with service failure.",
)
BY_PHONE: Final = Published(_OMBUDSMAN, "202307799", "The request to be contacted by phone was not kept to.")
SUMMARY_LATE: Final = Published(
    _OMBUDSMAN, "202001202", "Genuine elements of service failure between a report and the answer to it."
)
NOT_EXPLAINED: Final = Published(
    f"{_COUNCILS} with {_OMBUDSMAN}",
    "24 005 075",
    "Never explained what it did about later incidents; powers and needs not considered, risk updated late.",
)
ACTIONS_NOT_DONE: Final = Published(
    _COUNCILS, "24 000 401", "The actions of a review were not completed and records were not accurate."
)
NOT_LISTENED_TO: Final = Published(
    "Poplar HARCA's own case study",
    "noise app recordings, 2020",
    "Nine recordings came in over six months and nobody listened to them.",
)
