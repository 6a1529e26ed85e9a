"""Reports that are made by the clock, kept as they were made, and sent to whoever reads them. (section 7)"""
