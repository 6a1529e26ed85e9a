"""Pages for who works here: what they owe, their cases, and whatever they record."""
