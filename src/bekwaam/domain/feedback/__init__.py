"""Rules of the feedback room: asking others to confirm or to look along."""
