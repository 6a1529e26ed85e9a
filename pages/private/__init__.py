"""What somebody on a case sees by their private link, once they have said what only they know."""
