"""What is told of who may see a case, as headings, in an officer's words."""

from typing import Final

OF_ACCESS: Final = {
    "access_restricted": "The case was restricted to people named",
    "restriction_reviewed": "Somebody else looked at the restriction",
    "access_opened": "The restriction ended",
    "staff_admitted": "Somebody was admitted to the case",
    "admission_ended": "Somebody's admission ended",
    "conflict_declared": "Somebody is connected with the case",
    "conflict_ended": "A connection with the case ended",
}
