"""Two questions a supervisor or load balancer asks; neither needs a sign-in.

`/healthz`: does this process answer? `/readyz`: may it get visitors? The answers
are words for machines, never a detail of the inside: anybody may read them.
"""

import logging
from collections.abc import Callable

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from django.utils.module_loading import import_string
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

logger = logging.getLogger(__name__)

ReadinessCheck = Callable[[BaseDatabaseWrapper], list[str]]


@require_safe
@never_cache
@login_not_required
def healthz(request: HttpRequest) -> JsonResponse:
    """Answer 200 as long as the process can; touches neither database nor cache."""
    return JsonResponse({"status": "ok"})


@require_safe
@never_cache
@login_not_required
def readyz(request: HttpRequest) -> JsonResponse:
    """Answer 200 when the database is complete, else 503 with what is missing."""
    missing = find_missing()
    status = "unavailable" if missing else "ok"
    return JsonResponse(
        {"status": status, "missing": missing}, status=503 if missing else 200
    )


def find_missing() -> list[str]:
    """Return the names of what the database lacks; empty means ready.

    A broken database is one missing thing, named “database”; the reason goes to
    the log only. Costs two queries and what settings.READINESS_CHECKS ask.
    """
    try:
        if _has_unapplied_migrations():
            return ["migrations"]
        return _failed_checks()
    except DatabaseError:
        logger.exception("The database doesn't answer")
        return ["database"]


def _has_unapplied_migrations() -> bool:
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def _failed_checks() -> list[str]:
    missing: list[str] = []
    for path in settings.READINESS_CHECKS:
        check: ReadinessCheck = import_string(path)
        missing += check(connection)
    return missing
