"""The candidate's dossier and the guide's view of it."""
