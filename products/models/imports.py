"""Files that were imported: the run, its staged rows, and what it found on the way."""

from django.conf import settings
from django.core.files.storage import Storage, storages
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from products.errors import Unreadable
from products.fields import SKU_LENGTH
from products.models.damage import CountField, PositiveCountField, ShapedJSONField
from products.models.locations import Location
from products.models.operations import Operation
from products.models.products import Product
from products.models.shapes import REPORT


def upload_storage() -> Storage:
    """Return where uploads wait for their import; never served to anybody."""
    return storages["uploads"]


class ImportRun(models.Model):
    """One file on its way: uploaded, planned, applied or discarded.

    The state goes only forward, but for a plan that is made anew because the shop
    changed, and for a long undo, which ends as APPLIED too: whether an applied run was
    undone is said by its operation.
    """

    class State(models.TextChoices):
        UPLOADED = "uploaded", _("Waiting to be read")
        COLUMNS = "columns", _("Columns to be named")
        PLANNING = "planning", _("Being read")
        PLANNED = "planned", _("Ready to apply")
        QUEUED = "queued", _("Waiting to be applied")
        APPLYING = "applying", _("Being applied")
        APPLIED = "applied", _("Imported")
        TO_UNDO = "to_undo", _("Waiting to be undone")
        UNDOING = "undoing", _("Being undone")
        DISCARDED = "discarded", _("Discarded")
        FAILED = "failed", _("Could not be read")

    operation = models.OneToOneField(
        Operation,
        null=True,
        on_delete=models.PROTECT,
        related_name="import_run",
        help_text=_("Empty until it is applied, and when nothing had to be changed."),
    )
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    actor_label = models.CharField(max_length=150)
    created_at = models.DateTimeField(default=timezone.now, db_index=True)
    state = models.CharField(max_length=10, choices=State, default=State.UPLOADED)
    # The file; the name is empty again when it was read for the last time.
    upload = models.FileField(storage=upload_storage, max_length=255, blank=True)
    file_name = models.CharField(max_length=255)
    size = models.PositiveBigIntegerField(help_text=_("In bytes."))
    sha256 = models.CharField(max_length=64)
    # What was asked for.
    format_asked = models.CharField(max_length=40, blank=True)
    location = models.ForeignKey(
        Location, null=True, on_delete=models.PROTECT, related_name="+"
    )
    sets_stock = models.BooleanField(default=False)
    is_strict = models.BooleanField(default=False)
    mapping = ShapedJSONField(
        default=dict,
        help_text=_("Header to field, where a person named the columns."),
        shape=dict,
    )
    # What was found.
    format = models.CharField(max_length=40, blank=True)
    encoding = models.CharField(max_length=20, blank=True)
    delimiter = models.CharField(max_length=1, blank=True)
    record_count = PositiveCountField(default=0)
    created_count = PositiveCountField(default=0)
    changed_count = PositiveCountField(default=0)
    unchanged_count = PositiveCountField(default=0)
    refused_count = PositiveCountField(default=0)
    note_count = PositiveCountField(default=0)
    report = ShapedJSONField(default=dict, shape=REPORT)
    # How far the work is.
    progress_done = PositiveCountField(default=0)
    progress_total = PositiveCountField(default=0)
    alive_at = models.DateTimeField(
        null=True, help_text=_("When the work on it was last seen going on.")
    )
    is_cancelling = models.BooleanField(default=False)
    problem = models.TextField(blank=True)
    applied_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        ordering = ["-pk"]
        default_permissions = ("view",)
        indexes = [
            models.Index(fields=["state", "alive_at"], name="importrun_by_state")
        ]

    def __str__(self) -> str:
        return self.file_name

    def get_absolute_url(self) -> str:
        return reverse("products:import_detail", args=[self.pk])

    @property
    def step(self) -> State:
        """The state it is in; raises Unreadable where it is none that there is."""
        if self.state not in self.State:
            raise Unreadable(str(self._meta.verbose_name), self.state, self.pk)
        return self.State(self.state)


class ImportRow(models.Model):
    """One record of a file and what applying it would do, staged for the preview.

    `product` is the one that it changes or leaves; None for a new one, also when it is
    made: it has the row's SKU then. `plan` is the JSON of `importing.staged`. Rows of
    old runs are pruned; ProductChange keeps what was done.
    """

    class Outcome(models.TextChoices):
        NEW = "new", _("New")
        CHANGED = "changed", _("Changed")
        UNCHANGED = "unchanged", _("Unchanged")
        REFUSED = "refused", _("Refused")

    # The constraint and the index below begin with the run; one of its own would only
    # cost time.
    run = models.ForeignKey(
        ImportRun, on_delete=models.CASCADE, related_name="rows", db_index=False
    )
    record = models.PositiveIntegerField()
    outcome = models.CharField(max_length=9, choices=Outcome)
    is_accepted = models.BooleanField(default=True)
    is_claiming = models.BooleanField(
        default=False, help_text=_("Takes or frees a code that only one can have.")
    )
    is_different = models.BooleanField(
        default=False, help_text=_("Not as it was in the preview before.")
    )
    sku = models.CharField(max_length=SKU_LENGTH, blank=True)
    name = models.CharField(max_length=255, blank=True)
    product = models.ForeignKey(
        Product,
        null=True,
        db_constraint=False,
        db_index=False,
        on_delete=models.DO_NOTHING,
        related_name="+",
    )
    plan = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("row of an import")
        verbose_name_plural = _("rows of imports")
        ordering = ["run", "record"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["run", "record"], name="importrow_one_per_record"
            )
        ]
        indexes = [
            models.Index(
                fields=["run", "outcome", "record"], name="importrow_by_outcome"
            ),
            # Products are locked in the order of their ids.
            models.Index(
                fields=["run", "outcome", "product"], name="importrow_by_product"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.record}: {self.sku}"


class ImportFinding(models.Model):
    """A cell of a file that was refused, or not taken as it stands."""

    run = models.ForeignKey(
        ImportRun, on_delete=models.CASCADE, related_name="findings", db_index=False
    )
    record = models.PositiveIntegerField()
    is_refusal = models.BooleanField()
    field = models.CharField(max_length=200, blank=True)
    column = models.CharField(max_length=200, blank=True)
    value = models.TextField(blank=True)
    reason = models.TextField()
    mend = models.TextField(blank=True)

    class Meta:
        verbose_name = _("finding of an import")
        verbose_name_plural = _("findings of imports")
        ordering = ["run", "record", "pk"]
        default_permissions = ()
        indexes = [
            models.Index(
                fields=["run", "is_refusal", "record"], name="importfinding_by_kind"
            )
        ]

    def __str__(self) -> str:
        return f"{self.record}: {self.reason}"


class MadeReference(models.Model):
    """A category, brand, group or location that an import made; undo takes it back."""

    class Kind(models.TextChoices):
        CATEGORY = "category", _("Category")
        BRAND = "brand", _("Brand")
        GROUP = "group", _("Product group")
        LOCATION = "location", _("Location")

    operation = models.ForeignKey(
        Operation, on_delete=models.PROTECT, related_name="made_references"
    )
    kind = models.CharField(max_length=8, choices=Kind)
    object_id = CountField()

    class Meta:
        verbose_name = _("made by an import")
        verbose_name_plural = _("made by imports")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["operation", "kind", "object_id"],
                name="madereference_once",
            ),
            models.CheckConstraint(
                condition=Q(object_id__gt=0), name="madereference_has_object"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.object_id}"
