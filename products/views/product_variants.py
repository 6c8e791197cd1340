"""Making variants of a product: options first, then a table of what will be made."""

from dataclasses import dataclass
from typing import Any, cast

from django.forms import BaseForm
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from products.forms.variant_rows import (
    RowsSet,
    VariantRowForm,
    VariantRows,
    first_rows,
)
from products.forms.variants import ProductVariantsForm, folded
from products.models import Operation, Product
from products.services.variants import add_variants
from products.views.one_product import ProductFormPage


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the table: a product there is, or the row of one to make."""

    title: str
    product: Product | None
    row: VariantRowForm | None


class ProductVariantsView(ProductFormPage):
    """The button "preview" draws the table, "save" makes the rows that are ticked."""

    permission_required = ("products.add_product", "products.change_product")
    form_class = ProductVariantsForm
    template_name = "products/product_variants.html"

    rows: VariantRows | None = None

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"product": self.object}

    def get_success_url(self) -> str:
        return reverse("products:product_detail", args=[self.kwargs["pk"]])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        if self.rows is not None:
            context |= {"rows": self.rows, "lines": self._lines(context["form"])}
        return context

    def form_valid(self, form: BaseForm) -> HttpResponse:
        form = cast("ProductVariantsForm", form)
        missing = form.missing()
        if not missing:
            form.add_error(None, _("All these variants are there already."))
            return self.form_invalid(form)
        sent = self._sent_rows()
        is_to_save = "save" in self.request.POST
        if is_to_save and [row.combination for row in sent.forms] == missing:
            self.rows = sent
            is_good = sent.is_valid()
            return super().form_valid(form) if is_good else self.form_invalid(form)
        if is_to_save:
            text = _("The options have changed. Look at the table again.")
            form.add_error(None, text)
        initial = first_rows(self.object, missing, typed=sent.typed())
        self.rows = RowsSet(initial=initial, prefix="rows", form_kwargs=self._may())
        return self.form_invalid(form)

    def form_invalid(self, form: BaseForm) -> HttpResponse:
        """Show the form again, with the rows that were sent where none are new."""
        if self.rows is None:
            sent = self._sent_rows()
            self.rows = sent if sent.forms else None
        return super().form_invalid(form)

    def perform(self, form: BaseForm) -> tuple[str, Operation | None]:
        form, rows = cast("ProductVariantsForm", form), cast("VariantRows", self.rows)
        operation = add_variants(
            product_id=self.object.pk,
            variants=[row.variant(self.object) for row in rows.ticked()],
            grouping=form.grouping(),
            circumstances=self.circumstances(),
        )
        return self.answer_again(operation), operation

    def answer_again(self, operation: Operation) -> str:
        count = operation.changes.filter(before__isnull=True).count()
        text = ngettext("%d variant added.", "%d variants added.", count)
        return text % count

    def _may(self) -> dict[str, bool]:
        may = self.request.user.has_perm
        return {
            "sees_cost": may("products.view_cost"),
            "moves_stock": may("products.adjust_stock"),
        }

    def _sent_rows(self) -> VariantRows:
        return RowsSet(self.request.POST, prefix="rows", form_kwargs=self._may())

    def _lines(self, form: ProductVariantsForm) -> list[Line]:
        """Return the table: of the options, or of the rows while those are wrong."""
        rows = {row.combination: row for row in self.rows or ()}
        known = form.known() if form.is_complete else {}
        wanted = form.combinations() if form.is_complete else list(rows)
        return [
            Line(" / ".join(each), known.get(folded(each)), rows.get(each))
            for each in wanted
        ]
