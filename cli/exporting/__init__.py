"""`casework export`: cases with what belongs to them, in open formats."""
