"""`casework import`: cases from another system, by the template or a mapping to it."""
