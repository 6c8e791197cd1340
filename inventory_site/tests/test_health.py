"""What a supervisor and a load balancer are told."""

import pytest
from django.db import DatabaseError, connection
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from inventory_site import health


def nothing_missing(_connection: object) -> list[str]:
    return []


def two_missing(_connection: object) -> list[str]:
    return ["first_guard", "second_guard"]


@pytest.fixture(autouse=True)
def complete(settings: Settings) -> None:
    settings.READINESS_CHECKS = [f"{__name__}.nothing_missing"]


def test_process_answers_without_the_database(client: Client) -> None:
    # No django_db mark: a query would raise.
    response = client.get("/healthz")
    assert response.json() == {"status": "ok"}
    assert "no-store" in response["Cache-Control"]


@pytest.mark.django_db
def test_ready(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(2):
        response = client.get("/readyz")
    assert response.status_code == 200
    assert response.json() == {"status": "ok", "missing": []}


@pytest.mark.django_db
def test_unapplied_migration(client: Client) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'products'")
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json() == {"status": "unavailable", "missing": ["migrations"]}


@pytest.mark.django_db
def test_missing_guards_are_named(client: Client, settings: Settings) -> None:
    settings.READINESS_CHECKS = [f"{__name__}.two_missing"]
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json()["missing"] == ["first_guard", "second_guard"]


def test_broken_database_is_named_without_details(
    client: Client, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def refuse(*_args: object) -> None:
        message = "password authentication failed for user shop"
        raise DatabaseError(message)

    monkeypatch.setattr(health, "MigrationExecutor", refuse)
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json()["missing"] == ["database"]
    assert b"password" not in response.content
    assert "password authentication failed" in caplog.text


@pytest.mark.parametrize("address", ["/healthz", "/readyz"])
def test_only_reading(client: Client, address: str) -> None:
    assert client.post(address).status_code == 405
