"""The trail of documents: what an operation made of a hold, transfer or stocktake."""

from collections.abc import Mapping
from typing import Any

from products.models import DocumentChange, Operation

Kept = dict[str, Any]
Document = DocumentChange.Document


def record_changes(
    operation: Operation,
    document: DocumentChange.Document,
    changes: Mapping[int, tuple[Kept | None, Kept]],
) -> None:
    """Write down each document's state before and after; one statement per 500.

    `changes` is by the document's id; before is None where the operation made it.
    """
    DocumentChange.objects.bulk_create(
        [
            DocumentChange(
                operation=operation,
                document=document,
                document_id=pk,
                before=before,
                after=after,
            )
            for pk, (before, after) in changes.items()
        ],
        batch_size=500,
    )
