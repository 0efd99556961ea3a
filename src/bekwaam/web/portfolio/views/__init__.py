"""The views of the dossier, a file per errand."""
