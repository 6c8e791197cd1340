"""People for tests, made as the shop makes them."""

from django.test import Client

from accounts.models import User
from accounts.roles import Role
from accounts.services.people import create_person

PASSWORD = "seven grey herons"


def make_user(
    email: str = "nora@example.com",
    *,
    role: Role = Role.REGULAR,
    name: str = "Nora New",
    password: str | None = PASSWORD,
) -> User:
    return create_person(email=email, name=name, password=password, role=role)


def speaking(language: str, **facts: str) -> Client:
    """Sign in somebody new who has chosen this language."""
    person = make_user(**facts)
    User.objects.filter(pk=person.pk).update(language=language)
    return signed_in_as(person)


def make_superuser(
    email: str = "olga@example.com", *, name: str = "Olga Owner"
) -> User:
    return User.objects.create_superuser(email, PASSWORD, name=name)


def typed_in(
    email: str = "nora@example.com",
    *,
    client: Client | None = None,
    password: str = PASSWORD,
    **meta: str,
) -> Client:
    """Sign in at the door, from a new device or that of `client`."""
    client = client or Client()
    client.post("/login", {"email": email, "password": password}, **meta)
    return client


def signed_in_as(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def is_signed_in(client: Client) -> bool:
    """Ask a page that needs a sign-in and nothing else."""
    return client.get("/account/profile").status_code == 200
