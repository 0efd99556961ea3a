"""Rules of the growth room: how somebody sees themself, and how that changes."""
