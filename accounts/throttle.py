"""How long somebody must wait whom allauth's rate limits have refused.

allauth counts attempts in the cache and says “later”; here the same counters are
read, so that the refusal can say when.
"""

import math
import time
from typing import Final

from allauth.core.internal import ratelimit
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

APP: Final = "allauth.account"
SECONDS_A_MINUTE: Final = 60


def seconds_to_wait(
    request: HttpRequest, action: str, *, key: str = "", app: str = APP
) -> int:
    """Return the seconds until `action` is open again; 0 when it is open now.

    `key` is what allauth counts by beside the client address and the person: the
    e-mail typed in. A limit by key is left out when there is none.
    """
    rates = ratelimit.get_rates(app=app, action=action)
    waits = [_wait_of(request, rate, key, app=app, action=action) for rate in rates]
    return max(waits, default=0)


def count(
    request: HttpRequest, action: str, *, key: str = "", app: str = APP
) -> ratelimit.RateLimitUsage | None:
    """Count a try at `action`, and return what can be taken back; None: too often."""
    return ratelimit.consume(request, app=app, action=action, key=key, limit_get=True)


def wait_sentence(seconds: int) -> str:
    """Return what to do, in minutes, or in seconds below one minute."""
    if seconds < SECONDS_A_MINUTE:
        return ngettext(
            "Wait %(n)d second, then try again.",
            "Wait %(n)d seconds, then try again.",
            seconds,
        ) % {"n": seconds}
    minutes = math.ceil(seconds / SECONDS_A_MINUTE)
    return ngettext(
        "Wait %(n)d minute, then try again.",
        "Wait %(n)d minutes, then try again.",
        minutes,
    ) % {"n": minutes}


def refusal(request: HttpRequest, action: str, *, key: str = "") -> str:
    """Return the whole answer to somebody who tried too often."""
    seconds = max(1, seconds_to_wait(request, action, key=key))
    too_often = _("That was too often.")
    return f"{too_often} {wait_sentence(seconds)}"


def _wait_of(
    request: HttpRequest, rate: ratelimit.Rate, key: str, *, app: str, action: str
) -> int:
    is_unknown = (rate.per == "key" and not key) or (
        rate.per == "user" and not request.user.is_authenticated
    )
    if is_unknown:
        return 0
    cache_key = ratelimit.get_cache_key(
        request, app=app, action=action, rate=rate, key=key
    )
    attempts: list[float] = cache.get(cache_key, [])  # the newest first
    if len(attempts) < rate.amount:
        return 0
    opens_at: float = attempts[rate.amount - 1] + rate.duration
    return max(0, math.ceil(opens_at - time.time()))
