"""The accounts app; after every migrate the roles are brought in line."""

from typing import Any

from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = gettext_lazy("Accounts")

    def ready(self) -> None:
        from accounts.listening import listen

        listen()
        # The signal comes once an app, in the order of INSTALLED_APPS, and the
        # permissions of an app exist only after its own turn. At the last turn
        # all of them do: Django's handler was connected before this one.
        last = [app for app in apps.get_app_configs() if app.models_module][-1]
        post_migrate.connect(_sync_roles, sender=last, dispatch_uid="accounts.roles")


def _sync_roles(*, using: str, **kwargs: Any) -> None:
    from accounts.services.roles import sync_roles

    # A flush sends the signal without `apps`.
    sync_roles(using=using, apps=kwargs.get("apps", apps))
