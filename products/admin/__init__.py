"""The catalogue and the ledger in Django's admin; every write goes by the services."""

from products.admin import catalogue, documents, history, products, stock

__all__ = ["catalogue", "documents", "history", "products", "stock"]
