"""manage.py export_products."""

from codecs import iterdecode
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.datastructures import MultiValueDict

from products.exporting.products import ExportRequest, reporting_to
from products.exporting.registry import EXPORTS, Export
from products.exporting.telling import told
from products.fields import fold_key
from products.forms.product_filter import ALL
from products.forms.product_list import ProductList
from products.management.files import in_place_of
from products.management.progress import progress_on
from products.models import Brand, Product
from products.models.product_queries import ProductQuerySet
from products.services.references import CategoryPaths
from products.tabular.own_csv import split_path

NARROWING = ("search", "category", "brand", "status")


class Command(BaseCommand):
    help = (
        "Write products to a file: for spreadsheets, for importing again, or for"
        " another shop. Every product, unless the options leave some out."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--format",
            choices=list(EXPORTS),
            default="native",
            help="the kind of file; native, our own CSV, if left out",
        )
        parser.add_argument(
            "--output",
            metavar="FILE",
            type=Path,
            help="written in full first, then put in place of the file of that name;"
            " to the screen if left out",
        )
        parser.add_argument(
            "--cost", action="store_true", help="add what the products cost you"
        )
        narrowing = parser.add_argument_group("which products; all of these must fit")
        narrowing.add_argument(
            "--search", metavar="TEXT", help="as in the search field of the list"
        )
        narrowing.add_argument(
            "--category", metavar="PATH", help="“Kitchen > Mugs”, and all below it"
        )
        narrowing.add_argument("--brand", metavar="NAME")
        narrowing.add_argument("--status", choices=Product.Status.values)

    def handle(self, *args: Any, **options: Any) -> None:
        export = EXPORTS[options["format"]]
        output: Path | None = options["output"]
        if output is None and not export.media_type.startswith("text/"):
            message = f"Name the file: --output products.{export.extension}."
            raise CommandError(message)
        request = ExportRequest(_products(options), with_cost=options["cost"])
        if output is None:
            for text in iterdecode(_told(export, request, options), "utf-8"):
                self.stdout.write(text, ending="")
            return
        with (
            progress_on(self.stderr) as report,
            reporting_to(partial(report, "Writing products")),
            in_place_of(output) as stream,
        ):
            stream.writelines(_told(export, request, options))


def _told(
    export: Export, request: ExportRequest, options: dict[str, Any]
) -> Iterator[bytes]:
    filters = {name: options[name] for name in NARROWING if options[name]}
    pieces = export.write(request)
    return told(pieces, what=export.code, with_cost=request.with_cost, filters=filters)


def _products(options: dict[str, Any]) -> ProductQuerySet:
    """Return the products by SKU; the options mean what the list's filters mean.

    Without a status the archive is not left out.
    """
    wanted = {
        "q": options["search"] or "",
        "category": _category(options["category"]) if options["category"] else "",
        "brand": _brand(options["brand"]) if options["brand"] else "",
        "status": options["status"] or ALL,
    }
    address = MultiValueDict({name: [text] for name, text in wanted.items()})
    listed: ProductQuerySet = ProductList(address, sees_cost=True).filter.qs
    return listed.order_by("sku_key")


def _category(path: str) -> str:
    found = CategoryPaths().find(tuple(split_path(path)))
    if found is None:
        message = f"There is no category “{path}”."
        raise CommandError(message)
    return str(found.pk)


def _brand(name: str) -> str:
    found = Brand.objects.filter(key=fold_key(name)).first()
    if found is None:
        message = f"There is no brand “{name}”."
        raise CommandError(message)
    return str(found.pk)
