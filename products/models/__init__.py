"""The tables of the shop, one file per noun."""

from products.models.bulk import BulkRun
from products.models.catalogue import Brand, Category, ProductGroup
from products.models.closings import Closing, Digest
from products.models.documents import DocumentChange
from products.models.figures import DayFigures, ShopFigures
from products.models.holds import Hold
from products.models.imports import (
    ImportFinding,
    ImportRow,
    ImportRun,
    MadeReference,
)
from products.models.locations import Location
from products.models.mappings import ColumnMapping
from products.models.operations import Operation, ProductChange
from products.models.orders import OrderLine
from products.models.products import MAX_QUANTITY, Product
from products.models.saved_views import SavedView
from products.models.stock import StockLevel, StockMovement
from products.models.stocktakes import StockCount, Stocktake, StocktakeLine
from products.models.transfers import Transfer, TransferLine
from products.models.undo import ImportUndo, ImportUndoRow, RemovedReference

__all__ = [
    "MAX_QUANTITY",
    "Brand",
    "BulkRun",
    "Category",
    "Closing",
    "ColumnMapping",
    "DayFigures",
    "Digest",
    "DocumentChange",
    "Hold",
    "ImportFinding",
    "ImportRow",
    "ImportRun",
    "ImportUndo",
    "ImportUndoRow",
    "Location",
    "MadeReference",
    "Operation",
    "OrderLine",
    "Product",
    "ProductChange",
    "ProductGroup",
    "RemovedReference",
    "SavedView",
    "ShopFigures",
    "StockCount",
    "StockLevel",
    "StockMovement",
    "Stocktake",
    "StocktakeLine",
    "Transfer",
    "TransferLine",
]
