"""`casework story`: read from its file, played on a virtual clock or on real workflows, told and judged."""
