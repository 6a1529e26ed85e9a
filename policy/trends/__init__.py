"""How many new cases there are, where and of what, against other years and against what chance explains."""
