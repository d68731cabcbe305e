"""The web server's entry."""

import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

application = get_wsgi_application()

# Everything that lives as long as the process is made now and is never garbage: the collector looks at requests alone,
# and seldom enough that one page is drawn without it. https://docs.python.org/3/library/gc.html#gc.freeze
get_resolver().url_patterns  # noqa: B018 (imports every view)
gc.collect()
gc.freeze()
gc.set_threshold(10_000, 20, 50)
