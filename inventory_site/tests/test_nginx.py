"""The web server as docs/server ships it, in front of our gunicorn."""

import os
import shutil
import socket
import ssl
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from inventory_site.tests.serving import (
    PATIENCE,
    free_port,
    manage,
    serving,
    shop_of,
)
from inventory_site.tests.sources import ROOT
from inventory_site.tests.stalling import CLIENTS, STALLS

NGINX = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
NO_NGINX = "no nginx on this machine: apt-get install nginx-light"
SERVER = ROOT / "docs" / "server"
HOST = "shop.example.com"
HEAD = f"Host: {HOST}\r\nConnection: close\r\n"
PAGE = f"GET /login HTTP/1.1\r\n{HEAD}\r\n"
POST = f"POST /login HTTP/1.1\r\n{HEAD}"
CHUNKED = "Transfer-Encoding: chunked\r\n"
# More than the buffers of both servers and the system hold.
LARGE = "/static/vendor/barcode-detector-3.2.2/zxing_reader.wasm"
AROUND = """
{user}
daemon off;
pid {folder}/nginx.pid;
error_log stderr;
events {{ worker_connections 512; }}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/site.conf;
}}
"""


class Ports(NamedTuple):
    http: int
    https: int


def configure(folder: Path, ports: Ports, behind: int) -> Path:
    """Write the shipped configuration with ports and paths of this test."""
    key = folder / "key.pem"
    certificate = folder / "certificate.pem"
    command = "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes"
    files = ["-subj", f"/CN={HOST}", "-keyout", str(key), "-out", str(certificate)]
    subprocess.run([*command.split(), *files], check=True, capture_output=True)
    site = (SERVER / "nginx.conf").read_text()
    for shipped, here in {
        "listen 80": f"listen 127.0.0.1:{ports.http}",
        "listen 443": f"listen 127.0.0.1:{ports.https}",
        "127.0.0.1:8000": f"127.0.0.1:{behind}",
        "/etc/ssl/shop.example.com/fullchain.pem": str(certificate),
        "/etc/ssl/shop.example.com/privkey.pem": str(key),
        "/srv/shop/docs/server": str(SERVER),
    }.items():
        assert shipped in site
        site = site.replace(shipped, here)
    (folder / "site.conf").write_text(site)
    user = "user root;" if os.geteuid() == 0 else ""
    whole = folder / "nginx.conf"
    whole.write_text(AROUND.format(folder=folder, user=user))
    return whole


@pytest.fixture(scope="module")
def ports(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ports]:
    if NGINX is None:
        give_up = pytest.fail if os.environ.get("NGINX") == "required" else pytest.skip
        give_up(NO_NGINX)
    folder = tmp_path_factory.mktemp("shop")
    behind, ports = free_port(), Ports(free_port(), free_port())
    whole = configure(folder, ports, behind)
    env = {
        "ALLOWED_HOSTS": HOST,
        "SECURE_SSL_REDIRECT": "true",
        "TRUSTED_PROXY_COUNT": "1",
    }
    manage("migrate", "--verbosity=0", shop=shop_of(folder))
    with serving(folder, behind, **env):
        command = [str(NGINX), "-p", str(folder), "-c", str(whole), "-e", "stderr"]
        nginx = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
        try:
            wait_for(ports.https, nginx)
            yield ports
        finally:
            nginx.terminate()
            nginx.communicate(timeout=PATIENCE)


def wait_for(port: int, process: "subprocess.Popen[str]") -> None:
    later = time.monotonic() + PATIENCE
    with socket.socket() as probe:
        while probe.connect_ex(("127.0.0.1", port)):
            assert process.poll() is None, process.communicate()[1]
            assert time.monotonic() < later


def connect(port: int, host: str = HOST, buffer: int = 0) -> ssl.SSLSocket:
    """Speak https to nginx; its certificate is nobody's."""
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    plain = socket.socket()
    plain.settimeout(10)
    if buffer:
        plain.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, buffer)
    plain.connect(("127.0.0.1", port))
    return context.wrap_socket(plain, server_hostname=host)


def ask(port: int, request: str) -> str:
    with connect(port) as client:
        client.sendall(request.encode())
        got = b""
        while block := client.recv(1 << 16):
            got += block
        return got.decode(errors="replace")


@pytest.mark.parametrize("kind", STALLS)
def test_others_are_answered_while_many_stall(ports: Ports, kind: str) -> None:
    sent = STALLS[kind].format(host=HOST, large=LARGE).encode()
    stalled = [connect(ports.https, buffer=4096) for _client in range(CLIENTS)]
    try:
        for client in stalled:
            client.sendall(sent)
        for _others in range(3):
            assert ask(ports.https, PAGE).startswith("HTTP/1.1 200")
    finally:
        for client in stalled:
            client.close()


@pytest.mark.parametrize(
    ("request_", "status"),
    [
        (
            f"{POST}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
            400,
        ),
        (f"{POST}Content-Length: 5\r\nContent-Length: 6\r\n\r\nemail=", 400),
        (f"GET /login HTTP/1.1\r\n{HEAD}X-Long: {'x' * 9_000}\r\n\r\n", 400),
        (f"GET /{'x' * 9_000} HTTP/1.1\r\n{HEAD}\r\n", 414),
        (f"{POST}Content-Length: 18000000\r\n\r\n", 413),
        (f"POST /imports/new HTTP/1.1\r\n{HEAD}Content-Length: 300000000\r\n\r\n", 413),
        (f"TRACE /login HTTP/1.1\r\n{HEAD}\r\n", 405),
        (f"GET /media/products/../secret.webp HTTP/1.1\r\n{HEAD}\r\n", 404),
        (f"GET /media/media-uploads/a.csv HTTP/1.1\r\n{HEAD}\r\n", 404),
        (f"GET /readyz HTTP/1.1\r\n{HEAD}\r\n", 404),
    ],
)
def test_refused_by_nginx_itself(ports: Ports, request_: str, status: int) -> None:
    answer = ask(ports.https, request_)
    assert answer.startswith(f"HTTP/1.1 {status} ")
    assert "\r\nServer: nginx\r\n" in answer  # and no version
    assert "<h1>" in answer
    assert ("Allow: GET, HEAD, POST" in answer) == (status == 405)
    assert_guarded(answer)


def assert_guarded(answer: str) -> None:
    for name in (
        "Cache-Control",
        "Content-Security-Policy",
        "Cross-Origin-Opener-Policy",
        "Cross-Origin-Resource-Policy",
        "Permissions-Policy",
        "Referrer-Policy",
        "Strict-Transport-Security",
        "X-Content-Type-Options",
        "X-Frame-Options",
    ):
        assert answer.count(f"\r\n{name}: ") == 1, name


def test_what_gunicorn_answers_comes_as_it_is(ports: Ports) -> None:
    for path in ("/login", "/nothing", "/media/products/a.webp", "/static/none.css"):
        assert_guarded(ask(ports.https, f"GET {path} HTTP/1.1\r\n{HEAD}\r\n"))
    assert "__Host-csrftoken=" in ask(ports.https, PAGE)


def test_http_is_sent_to_https_and_strangers_get_nothing(ports: Ports) -> None:
    with socket.create_connection(("127.0.0.1", ports.http), timeout=10) as client:
        client.sendall(PAGE.encode())
        assert b"Location: https://shop.example.com/login" in client.recv(4096)
    with socket.create_connection(("127.0.0.1", ports.http), timeout=10) as client:
        client.sendall(b"GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n")
        assert not client.recv(4096)
    with pytest.raises(ssl.SSLError):
        connect(ports.https, host="evil.example")


def test_a_client_says_nothing_of_itself(ports: Ports) -> None:
    """What it writes about its address and its protocol never arrives."""
    lies = "X-Forwarded-For: 10.0.0.1\r\nX-Forwarded-Proto: http\r\n"
    answer = ask(ports.https, f"GET /login HTTP/1.1\r\n{HEAD}{lies}\r\n")
    assert answer.startswith("HTTP/1.1 200")  # and not sent to https
