"""The products app, and what it puts right after every migrate."""

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class ProductsConfig(AppConfig):
    name = "products"
    verbose_name = _("Products and stock")

    def ready(self) -> None:
        post_migrate.connect(self.put_right, sender=self)

    def put_right(self, using: str, **kwargs: object) -> None:
        """Install the guards and the index of words, lift the product ids, make the
        default location and the first closing.

        Runs after each `migrate` and each flush; changes nothing the second time.
        Does nothing while the tables are not there (migrating back to zero).
        """
        from products.models.guards import GUARDED, install_guards
        from products.models.sequences import lift_product_ids
        from products.models.word_index import install_word_index
        from products.services.closings import ensure_first_closing
        from products.services.locations import ensure_default_location

        connection = connections[using]
        if GUARDED[0]._meta.db_table not in connection.introspection.table_names():
            return
        install_guards(connection)
        install_word_index(connection)
        lift_product_ids(connection)
        ensure_default_location()
        ensure_first_closing()
