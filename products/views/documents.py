"""What deliveries and sales share: lines come and go, then all are posted at once.

Without scripts each button sends the whole form and gets it back; document.js asks
`products:line_find` instead. The document itself is stored nowhere before it is posted.
"""

from dataclasses import dataclass, field
from typing import Any, cast
from urllib.parse import urlencode

from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.generic import FormView

from products.errors import FieldRefused, InsufficientStock, PeriodClosed
from products.fields import barcode_of
from products.forms.document_lines import is_id
from products.forms.documents import DocumentForm
from products.forms.pasted_lines import read_pasted
from products.models import Operation, Product
from products.reports.codes import products_matching
from products.services.goods import MOST_LINES
from products.services.operations import Circumstances
from products.templatetags.inventory import quantity
from products.views.once import OncePage

MOST_CHOICES = 8  # products offered for what somebody typed
EDITS = ("add", "pick", "remove", "look")


@dataclass(slots=True)
class Said:
    """What the status line says of the last step, and the ways on it offers."""

    text: str = ""
    is_good: bool = True
    add_url: str = ""
    choices: list[Product] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


class DocumentPage(OncePage, FormView):
    """A form of many lines. The buttons of EDITS change it and post nothing."""

    permission_required = "products.adjust_stock"
    form_class: type[DocumentForm]
    has_costs = False  # lines may carry a cost, typed by those who see costs

    said: Said | None = None

    @property
    def asks_cost(self) -> bool:
        return self.has_costs and self.request.user.has_perm("products.view_cost")

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if any(name in request.POST for name in EDITS):
            return self._edit()
        return super().post(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"asks_cost": self.asks_cost}

    def get_initial(self) -> dict[str, Any]:
        asked = self.request.GET
        initial = {"location": asked.get("location"), "code": asked.get("scan")}
        return super().get_initial() | {k: v for k, v in initial.items() if v}

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show an empty document, or with the product that `?product=` names."""
        form = cast("DocumentForm", self.get_form())
        product = product_of(request.GET.get("product", ""))
        if product is not None:
            form.lines.add([(product, 1)])
        return self.render_to_response(self.get_context_data(form=form))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"said": self.said}

    def get_success_url(self) -> str:
        """Show an empty document again: the next delivery, the next customer."""
        place = self.request.POST.get("location", "")
        return (
            f"{self.request.path}?{urlencode({'location': place})}"
            if place
            else (self.request.path)
        )

    def form_valid(self, form: BaseForm) -> HttpResponse:
        if cast("DocumentForm", form).lines.has_errors():
            return self.form_invalid(form)
        return super().form_valid(form)

    def perform(self, form: BaseForm) -> tuple[str, Operation | None]:
        form = cast("DocumentForm", form)
        circumstances = self.circumstances(
            reference=form.cleaned_data["reference"], effective_at=form.effective_at()
        )
        try:
            operation = self.post_lines(form, circumstances)
        except PeriodClosed as refusal:
            raise FieldRefused({"effective_on": [refusal.message]}) from refusal
        except InsufficientStock as refusal:
            form.lines.mark_short(refusal.shorts)
            raise FieldRefused({}) from refusal  # it is said at each line
        return self.answer_again(operation), operation

    def post_lines(self, form: DocumentForm, circumstances: Circumstances) -> Operation:
        """Call the service."""
        raise NotImplementedError

    def counted(self, operation: Operation) -> dict[str, Any]:
        """Return units and products of the lines that a message speaks of."""
        # What is found is sold at once, and what is sent arrives elsewhere.
        counted = operation.movements.exclude(kind__in=("found", "transfer_out"))
        rows = counted.values_list("product_id", "delta")
        moved = list(rows)
        units = abs(sum(delta for _pk, delta in moved))
        products = len({pk for pk, _delta in moved})
        return {
            "units": ngettext("%(units)s unit", "%(units)s units", units)
            % {"units": quantity(units)},
            "products": ngettext("%(count)s product", "%(count)s products", products)
            % {"count": quantity(products)},
        }

    def linked(self, operation: Operation, text: str) -> str:
        """Return the message, with a link to the page that says what was posted."""
        try:
            url = reverse("products:operation_detail", args=[operation.pk])
        except NoReverseMatch:
            url = ""
        name = operation.reference
        link = format_html('<a href="{}">{}</a>', url, name or text) if url else ""
        if not name:
            return link or text
        return format_html(_("“{}”: {}"), link or name, text)

    def _edit(self) -> HttpResponse:
        """Do what the button says with the lines, and show the form again."""
        typed = {name: str(text) for name, text in self.request.POST.items()}
        form = self.form_class(
            typed=self.request.POST,
            asks_cost=self.asks_cost,
            initial=self.get_initial(),
        )
        if "remove" in typed:
            self.said = _removed(form, typed["remove"])
        elif "pick" in typed:
            product = product_of(typed["pick"])
            self.said = self._add(form, [product] if product else [])
        elif typed.get("pasted", "").strip():
            self.said = _pasted(form, typed["pasted"])
        elif typed.get("code", "").strip():
            products = products_matching(typed["code"], MOST_CHOICES + 1)
            self.said = self._add(form, products)
        return self.render_to_response(self.get_context_data(form=form))

    def _add(self, form: DocumentForm, products: list[Product]) -> Said:
        """Add the product there is; offer a choice of several."""
        code = form.initial.get("code", "")
        if not products:
            return unknown(self.request.user, code)
        if len(products) > 1:
            return several(code, products)
        form.initial.pop("code", None)
        return added(form, [(products[0], 1)])


def unknown(person: Any, code: str) -> Said:
    """Say that nothing matches; with the way to add it for who may."""
    said = Said(_("No product matches “%s”.") % code, is_good=False)
    if person.has_perm("products.add_product"):
        address = reverse("products:product_add")
        said.add_url = f"{address}?{urlencode({'barcode': barcode_of(code)})}"
    return said


def several(code: str, products: list[Product]) -> Said:
    """Ask which of several products is meant."""
    if len(products) > MOST_CHOICES:
        text = _("More than %(count)d products match “%(code)s”. The first of them:")
    else:
        text = _("Several products match “%(code)s”. Choose one:")
    return Said(
        text % {"code": code, "count": MOST_CHOICES},
        is_good=False,
        choices=products[:MOST_CHOICES],
    )


def added(form: DocumentForm, additions: list[tuple[Product, int]]) -> Said:
    """Add units of products to the document; say what the last line is now."""
    known = {line.product.pk for line in form.lines}
    new = {product.pk for product, _units in additions} - known
    if len(known) + len(new) > MOST_LINES:
        text = _("A document takes %(most)s lines at most. Post this one first.")
        return Said(text % {"most": quantity(MOST_LINES)}, is_good=False)
    line = form.lines.add(additions)
    if line is None:
        return Said(_("There is no line in it."), is_good=False)
    if len(additions) > 1:
        count = len(additions)
        text = ngettext("%(count)d line added.", "%(count)d lines added.", count)
        return Said(text % {"count": count})
    return Said(
        _("“%(name)s” is now %(units)s.")
        % {"name": line.product.name, "units": quantity(line.units)}
    )


def _pasted(form: DocumentForm, text: str) -> Said:
    """Add all pasted lines, or none while something is wrong with one of them."""
    pasted = read_pasted(text)
    if pasted.faults:
        text = _("Nothing was added yet. Mend these lines below, then add them again.")
        return Said(text, is_good=False, faults=pasted.faults)
    said = added(form, pasted.lines)
    if said.is_good:
        form.initial.pop("pasted", None)
    return said


def _removed(form: DocumentForm, number: str) -> Said:
    line = form.lines.remove(number)
    if line is None:
        return Said(_("This line is gone already."), is_good=False)
    return Said(_("“%s” is out of the document.") % line.product.name)


def product_of(id_text: str) -> Product | None:
    """Return the product with this id; None for anything that is none."""
    if not is_id(id_text):
        return None
    products = Product.objects.select_related("category")
    return products.filter(pk=int(id_text)).first()
