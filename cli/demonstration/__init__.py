"""A caseload to look at: invented people in real wards, told to a running installation as its officers would."""
