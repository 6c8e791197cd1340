"""Proof that the figures of the shop follow from its history.

`checking` runs it; `rows` reads, `chains` follows the movements of one level,
`walk` compares levels and products with them, `transfers` what is on the way with the
open transfers, `whole` asks what concerns no single row, `findings` keeps what was
found.
"""

from products.reports.stock_check.checking import StockCheck, check_stock
from products.reports.stock_check.findings import Problem

__all__ = ["Problem", "StockCheck", "check_stock"]
