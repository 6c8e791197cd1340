"""Form pages that act once: a double click, or the same page sent again after Back."""

import hashlib
from typing import Any

from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse

from products.errors import KeyReused
from products.forms.once import KEY_LENGTH, OnceForm
from products.models import Operation
from products.services.operations import Circumstances, Once, find_repeated
from products.views.base import FormPage, add_refusal

UNCOUNTED = {"csrfmiddlewaretoken", "once_key"}


def once_of(request: HttpRequest) -> Once | None:
    """Return the key of a sent form and the request behind it; None without a key.

    The key is bound to the person, so that nobody is answered with what another did.
    One that no form of ours makes is none: PostgreSQL stores no null character.
    """
    key = request.POST.get("once_key", "")
    if not 0 < len(key) <= KEY_LENGTH or not key.isprintable():
        return None
    typed = {k: v for k, v in request.POST.lists() if k not in UNCOUNTED}
    files = {k: _digest(file) for k, file in request.FILES.items()}
    whole = {"address": request.get_full_path(), "typed": typed, "files": files}
    return Once(key=f"{request.user.pk}:{key}", request=whole)


def _digest(file: Any) -> str:
    """Return the SHA-256 of an uploaded file."""
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    return digest.hexdigest()


class OncePage(FormPage):
    """A form page whose form is an `OnceForm`.

    The same request a second time gets the first answer before anything is checked: by
    then the SKU of a new product is taken, by itself. The same key with other content
    shows the form again, under a new key.
    """

    key_reused: KeyReused | None = None

    def answer_again(self, operation: Operation) -> str:
        """Return the success message of `operation`, which this request made before.

        Also finds what `get_success_url` needs.
        """
        raise NotImplementedError

    def circumstances(self, **details: Any) -> Circumstances:
        """Return who acts, once, and the `details` that the form gives."""
        return Circumstances(author=self.author, once=once_of(self.request), **details)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            known = find_repeated(once_of(request))
        except KeyReused as refusal:
            self.key_reused, known = refusal, None
        if known is not None:
            return self.finish(self.answer_again(known), known)
        response: HttpResponse = super().post(request, *args, **kwargs)  # type: ignore[misc]  # of the view mixed in
        return response

    def form_valid(self, form: BaseForm) -> HttpResponse:
        if self.key_reused is not None and isinstance(form, OnceForm):
            form.renew_key()
            add_refusal(form, self.key_reused)
            return self.form_invalid(form)
        return super().form_valid(form)
