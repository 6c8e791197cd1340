"""What a backup or restore refuses."""

from products.errors import InventoryError


class BackupRefused(InventoryError):
    """The file can't be written, is no backup, is damaged, or doesn't fit here."""

    code = "backup_refused"
