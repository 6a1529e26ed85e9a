"""The edition's numbers for who may see a case, and for looking at cases."""

from policy.editions.table import AtLeastOne, Table


class Access(Table):
    """Emergency access lasts `emergency_hours`. What is owed about it, and about a case whose officer is connected
    with it, is owed within `working_days`. Whoever looks at so many `others_cases_a_day` or `team_cases_a_day`, or
    finds so many people and cases by searching, is shown to the data protection officer.
    """

    emergency_hours: AtLeastOne
    working_days: AtLeastOne
    others_cases_a_day: AtLeastOne
    team_cases_a_day: AtLeastOne
    found_a_day: AtLeastOne
