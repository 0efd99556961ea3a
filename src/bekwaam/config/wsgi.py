"""The WSGI application that a server runs."""

import os

from django.core.wsgi import get_wsgi_application

from bekwaam.frameworks.library import crosswalk_ids, load_crosswalk

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bekwaam.config.settings")
application = get_wsgi_application()

# Read once, when the server starts: every page of an item needs them, and no visitor should wait for that.
for _identifier in crosswalk_ids():
    load_crosswalk(_identifier)

# The first who asks what a story may show should not wait for the words either. This module is the first
# that may look below: tables are known only now.
from bekwaam.services.portfolio.suggestions import prepare_suggestions  # noqa: E402

prepare_suggestions()
