"""Shops that are served by the real server, one for all tests of this folder each."""

import shutil
from collections import deque
from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import pytest

from inventory_site.tests.manage import manage
from inventory_site.tests.serving import free_port, serving

PEOPLE = "from inventory_site.tests.served.people import make_people; make_people()"


@pytest.fixture(scope="session")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("shop")
    manage(folder, "migrate", "--verbosity=0")
    manage(folder, "shell", "--no-imports", "-c", PEOPLE)
    return folder / "shop.sqlite3"


@pytest.fixture(scope="session")
def outbox(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the shop's mails go."""
    return tmp_path_factory.mktemp("mails")


@pytest.fixture(scope="session")
def shop(
    database: Path, outbox: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[int]:
    """The port of a shop behind one proxy, which sends mail."""
    folder = tmp_path_factory.mktemp("behind-a-proxy")
    shutil.copy(database, folder)
    port = free_port()
    env = {
        "SECURE_SSL_REDIRECT": "false",
        "TRUSTED_PROXY_COUNT": "1",
        "EMAIL_URL": f"filemail:///{outbox}",
        "SITE_URL": "https://shop.example",
    }
    with serving(folder, port, **env) as process:
        # Of so many requests it says more than a pipe holds, and would wait for ever.
        reading = Thread(target=deque, args=(process.stdout, 0))
        reading.start()
        yield port
        process.kill()
        reading.join()


@pytest.fixture
def bare_shop(database: Path, tmp_path: Path) -> Iterator[int]:
    """The port of a shop without mail that clients reach directly."""
    shutil.copy(database, tmp_path)
    port = free_port()
    with serving(tmp_path, port, SECURE_SSL_REDIRECT="false"):
        yield port
