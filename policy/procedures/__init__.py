"""What is followed through beside a case, in a workflow of its own: a legal action, say."""
