"""/reports/closing"""

from datetime import date, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import AbstractBaseUser
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from pytest_django import DjangoAssertNumQueries

from products.models import Closing, Operation
from products.services.closings import move_closing
from products.services.operations import Author
from products.tests.views.filled import flashes, open_form

pytestmark = pytest.mark.django_db

URL = reverse("products:closing")


def day(days_ago: int) -> date:
    return timezone.localdate() - timedelta(days=days_ago)


def close(days_ago: int | None, reason: str = "Month end", by: str = "Ada") -> Closing:
    author = Author(by, Operation.Source.SITE)
    through = None if days_ago is None else day(days_ago)
    return move_closing(through=through, reason=reason, author=author)


def html(client: Client, **query: object) -> str:
    response = client.get(URL, query)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def send(client: Client, **typed: Any) -> Any:
    form = open_form(client, URL) | {"closed_through": "", "reason": "Month end"}
    form.pop("opens_all", None)
    return client.post(URL, form | typed, follow=True)


def test_open_at_first(as_regular: Client) -> None:
    page = html(as_regular)
    assert "Everything is open" in page
    assert "Nobody has moved it yet" in page
    assert "Move the closing date</button>" not in page


def test_who_moved_it_and_why(as_regular: Client) -> None:
    close(40, "January <done>", by="Jonas Weber")
    close(20)
    page = html(as_regular)
    assert f"The books are closed through {day(20):%A}" in page
    for words in ("Jonas Weber", "January &lt;done&gt;", str(day(40).year)):
        assert words in page


class TestMoves:
    def test_forward(self, as_admin: Client) -> None:
        response = send(as_admin, closed_through=day(10).isoformat())
        said = f"The books are closed through {date_format(day(10))}."
        assert flashes(response) == [said]
        current = Closing.objects.current()
        assert current
        assert (current.closed_through, current.reason) == (day(10), "Month end")
        assert current.actor_label == "Ada Admin"

    def test_back(self, as_admin: Client) -> None:
        close(5)
        send(as_admin, closed_through=day(10).isoformat(), reason="A late invoice")
        current = Closing.objects.current()
        assert current
        assert current.closed_through == day(10)

    def test_open_everything(self, as_admin: Client) -> None:
        close(5)
        response = send(as_admin, opens_all="on")
        assert flashes(response) == ["Everything is open again."]
        current = Closing.objects.current()
        assert current
        assert current.closed_through is None


class TestRefuses:
    @pytest.mark.parametrize("text", ["x", "\0", "31.03.2026", "9" * 30, "0001-01-01"])
    def test_what_is_no_day(self, as_admin: Client, text: str) -> None:
        before = Closing.objects.count()
        assert send(as_admin, closed_through=text).context["form"].errors
        assert Closing.objects.count() == before

    def test_a_day_that_is_not_over(self, as_admin: Client) -> None:
        response = send(as_admin, closed_through=day(0).isoformat())
        assert "Only days that are over can be closed." in response.content.decode()

    @pytest.mark.parametrize("reason", ["", "  ", "x" * 201])
    def test_without_a_reason(self, as_admin: Client, reason: str) -> None:
        before = Closing.objects.count()
        send(as_admin, closed_through=day(3).isoformat(), reason=reason)
        assert Closing.objects.count() == before

    def test_nothing_chosen_opens_nothing(self, as_admin: Client) -> None:
        close(5)
        response = send(as_admin)
        assert "Choose the last day" in response.content.decode()
        current = Closing.objects.current()
        assert current
        assert current.closed_through == day(5)

    def test_both_chosen(self, as_admin: Client) -> None:
        response = send(as_admin, closed_through=day(3).isoformat(), opens_all="on")
        assert "Leave this empty" in response.content.decode()

    def test_where_it_stands(self, as_admin: Client) -> None:
        close(5)
        response = send(as_admin, closed_through=day(5).isoformat())
        assert "The books stand there already." in response.content.decode()

    def test_moved_by_somebody_meanwhile(self, as_admin: Client) -> None:
        form = open_form(as_admin, URL)
        close(30, by="Jonas Weber")
        typed = form | {"closed_through": day(60).isoformat(), "reason": "May"}
        typed.pop("opens_all", None)
        response = as_admin.post(URL, typed)
        assert "Jonas Weber has moved the closing date" in response.content.decode()
        current = Closing.objects.current()
        assert current
        assert current.closed_through == day(30)

    def test_without_the_permission(
        self, client: Client, clerk: AbstractBaseUser
    ) -> None:
        client.force_login(clerk)
        typed = {"closed_through": day(3).isoformat(), "reason": "x"}
        assert client.post(URL, typed).status_code == 403
        current = Closing.objects.current()
        assert current is None or current.closed_through is None


def test_pages_and_queries(
    as_regular: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(60, 30, -1):
        close(number, f"Move {number}")
    with django_assert_max_num_queries(6):
        page = html(as_regular)
    assert "Move 31<" in page
    assert "Move 60<" not in page
    assert "Next</a>" in page
