"""A case as one document for a court, the Ombudsman or who asks: what of each fact its reader may have."""
