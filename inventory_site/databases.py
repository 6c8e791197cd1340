"""What each of the three database engines needs beside its URL."""

from pathlib import Path
from typing import Any


def tune(config: dict[str, Any], *, base_dir: Path, connections: int) -> dict[str, Any]:
    """Return Django's settings of one database, with what its engine needs added.

    `connections` is how many a process may have: one for each of its threads.
    """
    # ATOMIC_REQUESTS would make every page take SQLite's write lock.
    tuned = {**config, "ATOMIC_REQUESTS": False}
    engine = tuned["ENGINE"].rpartition(".")[2]
    extra = {"sqlite3": _sqlite, "postgresql": _postgresql, "mysql": _mysql}[engine]
    tuned = extra(tuned, base_dir)
    if "pool" in tuned["OPTIONS"]:
        tuned["OPTIONS"]["pool"]["max_size"] = connections
    return tuned


def _sqlite(config: dict[str, Any], base_dir: Path) -> dict[str, Any]:
    if config["NAME"] != ":memory:":
        # Beside manage.py, wherever a scheduler starts the command from.
        config["NAME"] = str(base_dir / config["NAME"])
    # IMMEDIATE: a transaction that reads and then writes takes the write lock at
    # once; otherwise two of them end in "database is locked".
    # The file is read where the system keeps it, once for all threads; a cache would
    # be filled by each. Its half megabyte is for what is still in the log.
    options = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 60,  # seconds; a large import may take as long to be applied
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;"
            "PRAGMA cache_size=-500; PRAGMA mmap_size=2147418112;"
        ),
    }
    return {
        **config,
        # To open the file and set it up takes as long as a quarter of a page.
        "CONN_MAX_AGE": 60,
        "OPTIONS": {**config.get("OPTIONS", {}), **options},
    }


def _postgresql(config: dict[str, Any], _base_dir: Path) -> dict[str, Any]:
    options = {
        "pool": {"min_size": 1, "timeout": 10},
        # For what is asked through statements.py; Django's own are never prepared.
        "prepare_threshold": 2,
    }
    return {
        **config,
        "CONN_MAX_AGE": 0,  # a pool and persistent connections exclude each other
        "OPTIONS": {**config.get("OPTIONS", {}), **options},
    }


def _mysql(config: dict[str, Any], _base_dir: Path) -> dict[str, Any]:
    options = {
        "charset": "utf8mb4",
        "isolation_level": "read committed",
        # MySQL cuts what GROUP_CONCAT joins, as accounts/backends.py does, to 1 kB.
        "init_command": (
            "SET sql_mode='STRICT_TRANS_TABLES', group_concat_max_len=1048576"
        ),
    }
    return {
        **config,
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "TEST": {"CHARSET": "utf8mb4"},
        "OPTIONS": {**config.get("OPTIONS", {}), **options},
    }
