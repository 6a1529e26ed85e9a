"""How long records are kept, what stops that clock, and how they come to be erased."""
