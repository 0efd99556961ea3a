"""How often a visitor without an account may do something: counted by address, in the cache, in fixed spans.

Which limits there are stands in the setting ``VISITOR_LIMITS``: by name how often, in how many seconds. What
is counted lives as long as the span and is not written down anywhere.
"""

from __future__ import annotations

import hashlib
import ipaddress
from collections.abc import Iterable
from math import ceil
from typing import Final

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from bekwaam.domain.certificates.batch import Asked
from bekwaam.domain.certificates.sealing import plain_name
from bekwaam.services import clock

_NETWORK: Final = 64  # of an IPv6 address: as much as one visitor gets from who connects them


def seconds_to_wait(request: HttpRequest, limit: str, about: str = "") -> int:
    """Count one more of ``limit`` for this visitor; return 0, or in how many seconds they may try again.

    With ``about`` it is counted for that alone, such as one number. A limit that the setting does not name
    is none.
    """
    most, span = settings.VISITOR_LIMITS.get(limit, (0, 0))
    if not most:
        return 0
    now = clock.now().timestamp()
    who = hashlib.sha256(f"{_address(request)} {about}".encode()).hexdigest()
    key = f"limit:{limit}:{who}:{int(now // span)}"
    cache.add(key, 0, timeout=span + 1)
    try:
        count = cache.incr(key)
    except ValueError:  # thrown out of a full cache meanwhile
        cache.set(key, 1, timeout=span + 1)
        count = 1
    return 0 if count <= most else max(1, ceil(span - now % span))


def seconds_to_wait_for_names(request: HttpRequest, asked: Iterable[Asked]) -> int:
    """Count every name that is held against a number; return as :func:`seconds_to_wait`.

    A list is no way round the limit on names of one certificate. Lists with a name on every line are fine.
    """
    named = {(one.number, plain_name(one.name)) for one in asked if one.number and one.name}
    return max((seconds_to_wait(request, "check_name", number) for number, _ in named), default=0)


def too_often(request: HttpRequest, seconds: int) -> HttpResponse:
    """Return the page that says when to try again."""
    response = render(request, "shared/too_often.html", {"seconds": seconds}, status=429)
    response["Retry-After"] = str(seconds)
    return response


def _address(request: HttpRequest) -> str:
    """Return where a visitor comes from, as logging in counts it too (``ALLAUTH_TRUSTED_PROXY_COUNT``)."""
    found = str(get_adapter().get_client_ip(request))
    try:
        address = ipaddress.ip_address(found)
    except ValueError:
        return found
    if address.version == 6:
        return str(ipaddress.ip_network(f"{address}/{_NETWORK}", strict=False))
    return found
