"""Taking along everything of one's own as a package, and bringing one in."""
