"""The catalogue and the ledger in Django's admin; every write goes by the services."""

from products.admin import catalogue, documents, history, names, products, stock

__all__ = ["catalogue", "documents", "history", "names", "products", "stock"]
