"""admin.names: every column that the admin shows has a name in each language."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib import admin
from django.contrib.auth import get_user_model
from django.core.exceptions import FieldDoesNotExist
from django.test import RequestFactory
from django.utils.functional import Promise

OURS = [
    model_admin
    for model, model_admin in admin.site._registry.items()
    if model._meta.app_label in {"accounts", "products"}
]


def shown(model_admin: Any, request: Any) -> Iterator[str]:
    yield from model_admin.get_list_display(request)
    for row in (None, model_admin.model()):
        for _legend, section in model_admin.get_fieldsets(request, row):
            for names in section["fields"]:
                yield from [names] if isinstance(names, str) else names


@pytest.mark.django_db
@pytest.mark.parametrize("model_admin", OURS, ids=str)
def test_columns_are_named_in_every_language(model_admin: Any) -> None:
    request = RequestFactory().get("/admin/")
    request.user = get_user_model().objects.create_superuser("olga@example.com")
    unnamed = set()
    for name in shown(model_admin, request):
        try:
            column = model_admin.model._meta.get_field(name)
        except FieldDoesNotExist:
            continue  # a field of the form, or a method
        if not isinstance(column.verbose_name, Promise):
            unnamed.add(name)
    assert not unnamed, "name them in products/admin/names.py or in the model"
