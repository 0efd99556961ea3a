"""Views of the assessment room."""
