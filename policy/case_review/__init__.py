"""A case review ("community trigger"): who asked, whether the threshold is met, what came of it, to the end."""
