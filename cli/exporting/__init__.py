"""`casework export`: everything back, in open formats."""
