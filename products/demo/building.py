"""From the demo's files to unsaved products with their category, brand and group."""

from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import replace

from django.utils.text import slugify

from products.demo.reading import PATH_SEPARATOR, DemoGroup, DemoProduct, DemoShop
from products.fields import fold_key
from products.models import Category, Location, Product, ProductGroup
from products.services.pictures import read_picture, storing
from products.services.references import CategoryPaths, ensure_brands, ensure_groups


class Builder:
    """Makes products of the demo; its categories, brands and groups are stored first.

    A product is built as it was before the edits of the story: see `DemoEdit`.
    """

    def __init__(self, shop: DemoShop, pictures: ExitStack) -> None:
        """Store what the products refer to; a fixed number of queries.

        The files of pictures go again when `pictures` is left with an exception.
        """
        paths = {tuple(path.split(PATH_SEPARATOR)): path for path in shop.categories}
        self._tree = CategoryPaths()
        self._tree.ensure(paths)
        _set_icons(self._tree, shop.categories)
        self._brands, _made = ensure_brands(product.brand for product in shop.products)
        self._groups, _made_groups = ensure_groups(
            _group(group) for group in shop.groups if group.option_names
        )
        self._before = {edit.sku: edit.before for edit in shop.edits}
        self._pictures = pictures
        self._stored: dict[str, str] = {}

    def product(self, group: DemoGroup, wanted: DemoProduct) -> Product:
        """Return the unsaved product; its picture is stored once for all variants."""
        demo = replace(wanted, **self._before.get(wanted.sku, {}))
        option1, option2, option3 = (*demo.options, "", "", "")[:3]
        return Product(
            sku=demo.sku,
            name=demo.name,
            description=demo.description,
            category=self._tree.find(tuple(demo.category.split(PATH_SEPARATOR))),
            brand=self._brands[fold_key(demo.brand)],
            group=self._groups.get(slugify(group.name)) if group.option_names else None,
            option1=option1,
            option2=option2,
            option3=option3,
            barcode=demo.barcode,
            price=demo.price,
            cost=demo.cost,
            weight=demo.weight,
            image=self._image(demo),
            tags=", ".join(demo.tags),
            supplier_name=demo.supplier,
            status=_first_status(demo),
            reorder_point=demo.reorder_point,
            reorder_quantity=demo.reorder_quantity,
        )

    def _image(self, demo: DemoProduct) -> str:
        if demo.picture_file is None:
            return ""
        if demo.picture not in self._stored:
            with demo.picture_file.open("rb") as file:
                picture = read_picture(file)
            name = self._pictures.enter_context(storing(picture))
            self._stored[demo.picture] = name
        return self._stored[demo.picture]


def ensure_locations(shop: DemoShop) -> dict[str, int]:
    """Return code -> id of the shop's locations, made where missing.

    The first is the default location, which is there already, whatever its code.
    """
    default, *others = shop.locations.items()
    ids = {default[0]: Location.objects.get_default().pk}
    for priority, (code, name) in enumerate(others, start=1):
        location, _made = Location.objects.get_or_create(
            code_key=fold_key(code),
            defaults={"code": code, "name": name, "priority": priority},
        )
        ids[code] = location.pk
    return ids


def _set_icons(tree: CategoryPaths, icons: Mapping[str, str]) -> None:
    nodes: list[Category] = []
    for path, icon in icons.items():
        node = tree.find(tuple(path.split(PATH_SEPARATOR)))
        if node is not None:
            node.icon = icon
            nodes.append(node)
    Category.objects.bulk_update(nodes, ["icon"])


def _group(group: DemoGroup) -> ProductGroup:
    option1, option2, option3 = (*group.option_names, "", "", "")[:3]
    return ProductGroup(
        name=group.name,
        handle=slugify(group.name),
        option1_name=option1,
        option2_name=option2,
        option3_name=option3,
    )


def _first_status(demo: DemoProduct) -> str:
    """What is archived today was on sale during the story."""
    draft = demo.status == Product.Status.DRAFT
    return Product.Status.DRAFT if draft else Product.Status.ACTIVE
