"""Writing a framework of an organisation's own: the screens behind ``/eigen-kaders/``."""
