"""Light or dark, compact rows or comfortable ones: how pages look in this browser."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.decorators import method_decorator
from django.utils.http import url_has_allowed_host_and_scheme
from django.views import View

from inventory_site.remembered import remember

# What may be chosen, and what the cookie then holds; see js/theme.js and js/density.js.
CHOICES = {
    "theme": {"dark": "dark", "light": "light"},
    "density": {"compact": "compact", "comfortable": ""},
}


@method_decorator(login_not_required, name="dispatch")
class AppearanceChooseView(View):
    """Remembers `theme` and `density` in cookies and leads back to `next` of this host.

    For those without scripts; what is none of the choices changes nothing. It asks for
    no sign-in: whoever was signed out meanwhile would come back to it by a link.
    """

    def post(self, request: HttpRequest) -> HttpResponse:
        back = request.POST.get("next", "")
        is_ours = url_has_allowed_host_and_scheme(back, allowed_hosts=None)
        response = HttpResponseRedirect(back if is_ours else "/")
        for name, choices in CHOICES.items():
            chosen = request.POST.get(name)
            if chosen in choices:
                remember(response, name, choices[chosen])
        return response
