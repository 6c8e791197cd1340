"""Counts from the counting page's script, as JSON: up to a hundred at once."""

import json
import math
from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.generic import View

from products.errors import InventoryError
from products.forms.once import KEY_LENGTH
from products.reports.stocktakes import in_progress
from products.services.counting import Counted, record_count
from products.views.one_stocktake import COUNT, OneStocktake

MOST = 100  # counts in one request
OLDEST = 10 * 365 * 24 * 3600  # seconds; an older age is as good


class CountAddView(OneStocktake, View):
    """Takes {"counts": [{"key", "code", "quantity", "shelf", "age"}, …], "person"}.

    `age` is in seconds by the page's own clock, `person` the id of who counted.
    409 where somebody else is signed in by now: nothing is counted in another's name.

    Answers each in its order: {"key", "saved": true, "sku"} or {"key", "saved": false,
    "error"}; and "counted" of "lines". One refused count doesn't stop the others. A
    count that was sent before gets its first answer.
    """

    permission_required = COUNT
    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        _found = self.stocktake
        try:
            sent = json.loads(request.body)
            counts, person = sent["counts"], sent["person"]
        except (ValueError, TypeError, KeyError, RecursionError):
            return _refuse(_("This is no list of counts."))
        if not isinstance(counts, list) or not 0 < len(counts) <= MOST:
            return _refuse(_("Send between 1 and %(most)d counts.") % {"most": MOST})
        if person != request.user.pk:
            return _refuse(
                _(
                    "Somebody else has signed in on this device. Your counts wait here"
                    " until you sign in again."
                ),
                status=409,
            )
        answers = [self._take(count) for count in counts]
        counted, lines = in_progress(self.stocktake)
        return JsonResponse({"answers": answers, "counted": counted, "lines": lines})

    def _take(self, sent: Any) -> dict[str, Any]:
        key = sent.get("key") if isinstance(sent, dict) else None
        try:
            count = self._read(sent)
            made = record_count(
                stocktake_id=self.stocktake.pk, count=count, author=self.author
            )
        except InventoryError as refusal:
            return {"key": key, "saved": False, "error": refusal.message}
        except (ValueError, TypeError, KeyError):
            return {"key": key, "saved": False, "error": _("This is no count.")}
        return {"key": key, "saved": True, "sku": made.line.sku}

    def _read(self, sent: Any) -> Counted:
        """Return the count; ValueError, TypeError or KeyError when it is none."""
        key, quantity, age = sent["key"], sent["quantity"], sent.get("age", 0)
        code, shelf = sent["code"], sent.get("shelf", "")
        texts = (key, code, shelf)
        if not all(isinstance(text, str) for text in texts):
            raise TypeError
        if not 0 < len(key) <= KEY_LENGTH or not key.isprintable():
            raise ValueError
        if type(quantity) is not int or type(age) not in {int, float}:
            raise TypeError
        if isinstance(age, float) and not math.isfinite(age):
            raise ValueError
        return Counted(
            code=code,
            quantity=quantity,
            key=f"{self.request.user.pk}:{key}",
            shelf=shelf,
            age=timedelta(seconds=min(max(age, 0), OLDEST)),
        )


def _refuse(sentence: str, *, status: int = 400) -> JsonResponse:
    return JsonResponse({"error": sentence}, status=status)
