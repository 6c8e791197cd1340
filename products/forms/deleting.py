"""Confirmations: nothing to fill in, but sent twice they act once."""

from products.forms.once import OnceForm


class ProductDeleteForm(OnceForm):
    """“Yes, delete it.”"""


class ProductArchiveForm(OnceForm):
    """“Yes, archive it.”"""
