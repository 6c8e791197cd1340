"""What models with derived columns share."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from products.fields import DerivedField, KeyField


class DerivedModel(models.Model):
    """Derives its columns in `clean`; refuses a key that is taken or too long.

    A derived column is in no form, so Django's own unique check leaves it out, and a
    duplicate would surface as an IntegrityError of the save.
    """

    class Meta:
        abstract = True

    @classmethod
    def derived_fields(cls) -> list[DerivedField]:
        return [field for field in cls._meta.fields if isinstance(field, DerivedField)]

    def clean(self) -> None:
        super().clean()
        errors: dict[str, ValidationError] = {}
        for field in self.derived_fields():
            value = field.pre_save(self, self._state.adding)
            if not isinstance(field, KeyField):
                continue
            if len(value) > (field.max_length or 0):  # a few letters fold into several
                errors[field.source] = ValidationError(
                    _("This is too long."), code="too_long"
                )
            elif self._key_is_taken(field, value):
                errors[field.source] = ValidationError(
                    field.error_messages["unique"], code="unique"
                )
        if errors:
            raise ValidationError(errors)

    def _key_is_taken(self, field: KeyField, value: str) -> bool:
        same = type(self)._default_manager.filter(**{field.attname: value})
        return same.exclude(pk=self.pk).exists()
