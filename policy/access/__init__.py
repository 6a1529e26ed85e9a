"""To whom a case is open: facts, file, rules and deadlines, told beside the case and kept also when it is over."""
