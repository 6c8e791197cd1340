"""The least that a page of a list can cost: the measure of all pages in `make bench`.

A view that draws 25 rows from a list in memory as a plain Bootstrap table of nine
columns with three links a row, as anybody would write it. No database, no session, no
person, no frame around it.
"""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template import engines

ROWS = 25
COLUMNS = (
    "SKU", "Name", "Category", "Brand", "Price", "On hand", "Available", "Status", "",
)  # fmt: skip
TEMPLATE = """<!doctype html>
<html lang="en">
  <head><meta charset="utf-8"><title>Products</title></head>
  <body class="container">
    <table class="table table-striped">
      <thead>
        <tr>{% for column in columns %}<th>{{ column }}</th>{% endfor %}</tr>
      </thead>
      <tbody>
        {% for product in products %}
          <tr>
            <td>{{ product.sku }}</td>
            <td>
              <a href="{% url "products:product_detail" product.pk %}">
                {{ product.name }}</a>
            </td>
            <td>{{ product.category }}</td>
            <td>{{ product.brand }}</td>
            <td>{{ product.price }}</td>
            <td>{{ product.on_hand }}</td>
            <td>{{ product.available }}</td>
            <td><span class="badge text-bg-secondary">{{ product.status }}</span></td>
            <td>
              <a href="{% url "products:product_edit" product.pk %}">Edit</a>
              <a href="{% url "products:product_delete" product.pk %}">Delete</a>
            </td>
          </tr>
        {% endfor %}
      </tbody>
    </table>
  </body>
</html>
"""


class BareView:
    """The view, with its template parsed and its rows in memory."""

    def __init__(self) -> None:
        self._template = engines["django"].from_string(TEMPLATE)
        self._products = [_product(number) for number in range(1, ROWS + 1)]

    def __call__(self, request: HttpRequest) -> HttpResponse:
        context = {"columns": COLUMNS, "products": self._products}
        return HttpResponse(self._template.render(context, request))


def _product(number: int) -> dict[str, Any]:
    return {
        "pk": number,
        "sku": f"MUG-ALD-{number:07d}",
        "name": f"Plain oak mugs, {number} cm, natural",
        "category": "Mugs",
        "brand": "Alderbeck",
        "price": f"{number}.90",
        "on_hand": number,
        "available": number,
        "status": "Active",
    }
