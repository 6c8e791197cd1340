"""Pages about one transfer, and its steps."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.views.generic import FormView

from products.forms.transfers import TransferStepForm
from products.models import Operation, Transfer
from products.views.base import Page
from products.views.once import OncePage


class OneTransfer(Page):
    """Loads the transfer with its two ends."""

    kwargs: dict[str, Any]

    def get_queryset(self) -> QuerySet[Transfer]:
        return Transfer.objects.select_related("source", "destination")

    @cached_property
    def transfer(self) -> Transfer:
        return get_object_or_404(self.get_queryset(), pk=self.kwargs["pk"])

    @property
    def detail_url(self) -> str:
        return reverse("products:transfer_detail", args=[self.kwargs["pk"]])


class TransferStepPage(OneTransfer, OncePage, FormView):
    """A step of a transfer, for the version of it that the person saw."""

    permission_required = "products.transfer_stock"
    form_class: type[TransferStepForm] = TransferStepForm

    def get_initial(self) -> dict[str, Any]:
        return {"version": self.transfer.version}

    def get_success_url(self) -> str:
        return self.detail_url

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"transfer": self.transfer}

    def answer_again(self, operation: Operation) -> str:
        raise NotImplementedError

    def step(self, form: BaseForm) -> Operation:
        """Call the service."""
        raise NotImplementedError

    def perform(self, form: BaseForm) -> tuple[str, Operation | None]:
        operation = self.step(form)
        return self.answer_again(operation), operation


class TransferButton(TransferStepPage):
    """A step by a button alone: what is refused is said on the transfer's page."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.transfer  # noqa: B018  (an unknown one is a 404)
        return super().post(request, *args, **kwargs)

    def form_invalid(self, form: BaseForm) -> HttpResponse:
        for sentences in form.errors.values():
            for sentence in sentences:
                messages.error(self.request, str(sentence))
        return self.go_to(self.detail_url)
