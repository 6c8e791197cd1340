"""One transfer: what, where, who, and the next step."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.views.generic import TemplateView

from products.forms.transfers import TransferStepForm
from products.models import Operation, Transfer, TransferLine
from products.reports.transfers import Step, lines_of, shelves_at, steps_of
from products.views.one_transfer import OneTransfer
from products.views.undoing import may_undo

State = Transfer.State


@dataclass(frozen=True, slots=True)
class ShownStep:
    """A step as the page tells it; `undo_url` where the person may take it back."""

    operation: Operation
    undo_url: str


@dataclass(frozen=True, slots=True)
class ShownLine:
    """A line, and where its product stands at the end that matters now."""

    line: TransferLine
    shelf: str


class TransferDetailView(OneTransfer, TemplateView):
    """The lines with what was sent, received, lost and is still on the way."""

    permission_required = "products.view_transfer"
    template_name = "products/transfer_detail.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        transfer, lines = self.transfer, lines_of(self.transfer)
        end = transfer.source if transfer.state == State.DRAFT else transfer.destination
        return super().get_context_data(**kwargs) | {
            "transfer": transfer,
            "rows": _with_shelves(lines, shelves_at(end.pk, lines)),
            "totals": _add_up(lines),
            "steps": [self._shown(step) for step in steps_of(transfer)],
            "is_draft": transfer.state == State.DRAFT,
            "is_on_the_way": transfer.state in Transfer.ON_THE_WAY,
            "is_cancelled": transfer.state == State.CANCELLED,
            "form": TransferStepForm(initial={"version": transfer.version}),
            "has_several_locations": True,
        }

    def _shown(self, step: Step) -> ShownStep:
        operation = step.operation
        is_done = getattr(operation, "reversed_by", None) is not None
        can_undo = step.is_last and not is_done
        if not can_undo or not may_undo(self.request.user, operation):
            return ShownStep(operation, "")
        return ShownStep(
            operation, reverse("products:operation_undo", args=[operation.pk])
        )


def _with_shelves(
    lines: list[TransferLine], shelves: dict[int, str]
) -> list[ShownLine]:
    return [ShownLine(line, shelves.get(line.product_id or 0, "")) for line in lines]


def _add_up(lines: list[TransferLine]) -> dict[str, int]:
    figures = ("quantity", "received", "lost", "extra", "outstanding")
    return {name: sum(getattr(line, name) for line in lines) for name in figures}
