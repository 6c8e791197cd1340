"""The language of pages for whoever has not said in the profile which one."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponseBase
from django.utils.decorators import method_decorator
from django.views import View
from django.views.i18n import set_language


@method_decorator(login_not_required, name="dispatch")
class LanguageChooseView(View):
    """Remembers `language` in a cookie and leads back to `next`, on this host only."""

    def post(self, request: HttpRequest) -> HttpResponseBase:
        return set_language(request)
