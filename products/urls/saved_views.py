"""The addresses of a person's own views of the list of products."""

from django.urls import path

from products.views.columns_choose import ColumnsChooseView
from products.views.saved_view_add import SavedViewAddView
from products.views.saved_view_move import SavedViewMoveView
from products.views.saved_view_remove import SavedViewRemoveView
from products.views.saved_view_rename import SavedViewRenameView
from products.views.saved_view_replace import SavedViewReplaceView
from products.views.saved_view_restore import SavedViewRestoreView
from products.views.saved_view_start import SavedViewStartView

urlpatterns = [
    path("products/views/new", SavedViewAddView.as_view(), name="saved_view_add"),
    path("products/views/columns", ColumnsChooseView.as_view(), name="columns_choose"),
    path(
        "products/views/<int:pk>/rename",
        SavedViewRenameView.as_view(),
        name="saved_view_rename",
    ),
    path(
        "products/views/<int:pk>/replace",
        SavedViewReplaceView.as_view(),
        name="saved_view_replace",
    ),
    path(
        "products/views/<int:pk>/remove",
        SavedViewRemoveView.as_view(),
        name="saved_view_remove",
    ),
    path(
        "products/views/restore",
        SavedViewRestoreView.as_view(),
        name="saved_view_restore",
    ),
    path(
        "products/views/<int:pk>/move",
        SavedViewMoveView.as_view(),
        name="saved_view_move",
    ),
    path(
        "products/views/<int:pk>/start",
        SavedViewStartView.as_view(),
        name="saved_view_start",
    ),
]
