"""Screens of the auditing room: samples of dossiers, one dossier with its proofs, notices of assessments."""
