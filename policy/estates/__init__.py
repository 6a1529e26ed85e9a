"""Places and their inspections: facts, file, rules and deadlines, as a case has them."""
