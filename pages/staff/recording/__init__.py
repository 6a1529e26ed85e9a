"""Recording anything on a case: forms made from the kinds of fact, the case and its edition."""
