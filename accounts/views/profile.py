"""One's own account."""

from typing import Any

from django.contrib import messages
from django.forms import ModelForm
from django.http import HttpResponse
from django.urls import reverse_lazy
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.generic import UpdateView

from accounts.forms.people import ProfileForm
from accounts.models import User
from accounts.services.second_factor import has_second_factor


class ProfileView(UpdateView):
    """Who is signed in; name and language can be changed."""

    form_class = ProfileForm
    template_name = "accounts/profile.html"
    success_url = reverse_lazy("accounts:profile")

    def get_object(self, queryset: object = None) -> User:
        # Read anew: the form writes into its instance, and a refused name would
        # otherwise stand in the bar on top as well.
        return User.objects.with_roles().get(email=self.request.user.get_username())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        return context | {"has_second_factor": has_second_factor(self.object)}

    def form_valid(self, form: ModelForm) -> HttpResponse:
        """Say so in the language that was chosen just now."""
        response = super().form_valid(form)
        with override(self.object.language or get_language()):
            messages.success(self.request, _("Your profile is saved."))
        return response
