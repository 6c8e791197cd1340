"""Taking a product out of the daily lists, with everything it has."""

from django.forms import BaseForm
from django.urls import reverse
from django.utils.translation import gettext as _

from products.errors import NothingToPost
from products.forms.deleting import ProductArchiveForm
from products.models import Operation
from products.services.archiving import archive_products
from products.views.dialogs import ProductDialog


class ProductArchiveView(ProductDialog):
    """Asks first; the delete dialog posts here too, for “Archive instead”."""

    permission_required = "products.change_product"
    form_class = ProductArchiveForm
    template_name = "products/product_archive.html"

    def perform(self, form: BaseForm) -> tuple[str, Operation | None]:
        try:
            operation = archive_products(
                product_ids=[self.object.pk], circumstances=self.circumstances()
            )
        except NothingToPost as nothing:
            return nothing.message, None
        return self._done(self.object.name), operation

    def answer_again(self, operation: Operation) -> str:
        change = operation.changes.select_related("product").get()
        return self._done(change.product.name if change.product else change.sku)

    def get_success_url(self) -> str:
        return reverse("products:product_detail", args=[self.kwargs["pk"]])

    def _done(self, name: str) -> str:
        return _("Product “%(name)s” archived.") % {"name": name}
