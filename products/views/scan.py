"""Reading a code with the camera or from a photo."""

from typing import Any
from urllib.parse import urlencode, urlsplit, urlunsplit

from csp.constants import WASM_UNSAFE_EVAL
from csp.decorators import csp_update
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.generic import TemplateView

from products.views.base import Page

# The reader of codes is WebAssembly, which runs under no policy without this word; no
# other page has it.
READER_POLICY = {"script-src": [WASM_UNSAFE_EVAL]}
CAMERA_POLICY = "camera=(self), geolocation=(), microphone=()"


@method_decorator(csp_update(READER_POLICY), name="dispatch")
class ScanView(Page, TemplateView):
    """The camera, a photo, or a typed code; `?code=…` leads on with it.

    With `?next=<a path of ours>` back to that path, as its parameter `scan`; without,
    to the product.
    """

    permission_required = "products.view_product"
    template_name = "products/scan.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        code = request.GET.get("code", "").strip()
        if code:
            return redirect(self._address_for(code))
        response = super().get(request, *args, **kwargs)
        response["Permissions-Policy"] = CAMERA_POLICY
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"next": self._next}

    @property
    def _next(self) -> str:
        """The path to come back to; empty when there is none, or none of ours."""
        path = self.request.GET.get("next", "")
        is_ours = url_has_allowed_host_and_scheme(path, allowed_hosts=None)
        return path if is_ours and path.startswith("/") else ""

    def _address_for(self, code: str) -> str:
        if not self._next:
            return f"{reverse('products:code_find')}?{urlencode({'code': code})}"
        parts = urlsplit(self._next)
        query = QueryDict(parts.query, mutable=True)
        query["scan"] = code
        return urlunsplit(parts._replace(query=query.urlencode()))
