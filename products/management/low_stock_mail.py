"""The mail with what runs low: a text to read and a file to work with."""

from collections.abc import Sequence
from itertools import groupby

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from products.reports.reorder import Need, sum_up
from products.reports.reorder_file import export_reorder

WRITTEN_OUT = 200  # needs in the text; the file has all


def low_stock_text(
    needs: Sequence[Need], *, head: str, with_location: bool, with_cost: bool
) -> str:
    """Return the text of the mail, by supplier; `head` is the ledger head."""
    shown = needs[:WRITTEN_OUT]
    groups = [
        (supplier or _("No supplier"), list(own))
        for supplier, own in groupby(shown, key=lambda need: need.supplier)
    ]
    context = {
        "groups": groups,
        "more": len(needs) - len(shown),
        "sums": sum_up(needs),
        "head": head,
        "with_location": with_location,
        "with_cost": with_cost,
        "shop_name": settings.SHOP_NAME,
        "reorder_url": settings.SITE_URL
        and settings.SITE_URL + reverse("products:reorder_list"),
    }
    return render_to_string("emails/low_stock_message.txt", context).strip() + "\n"


def low_stock_mail(
    needs: Sequence[Need],
    *,
    recipients: Sequence[str],
    head: str,
    with_location: bool,
    with_cost: bool,
) -> EmailMessage:
    """Return the unsent mail, with the list as CSV where there is one."""
    count = len(needs)
    subject = ngettext(
        "%(shop)s: %(count)d product to order",
        "%(shop)s: %(count)d products to order",
        count,
    ) % {"shop": settings.SHOP_NAME, "count": count}
    if not needs:
        subject = _("%(shop)s: nothing to order any more") % {
            "shop": settings.SHOP_NAME
        }
    mail = EmailMessage(
        subject=" ".join(subject.split()),
        body=low_stock_text(
            needs, head=head, with_location=with_location, with_cost=with_cost
        ),
        to=list(recipients),
    )
    if needs:
        pieces = export_reorder(
            needs,
            with_supplier=True,
            with_location=with_location,
            with_cost=with_cost,
        )
        name = f"reorder-{timezone.localdate():%Y-%m-%d}.csv"
        mail.attach(name, "".join(pieces), "text/csv")
    return mail
