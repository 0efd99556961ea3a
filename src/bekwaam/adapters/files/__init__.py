"""Where received files are kept."""
