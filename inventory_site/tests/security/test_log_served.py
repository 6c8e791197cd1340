"""The security log of a real server with two processes."""

import json
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from pathlib import Path

import pytest

from inventory_site.tests.serving import free_port, serving

REQUESTS = 80


@pytest.mark.concurrency
def test_each_refusal_of_two_processes_is_one_whole_line(tmp_path: Path) -> None:
    log, port = tmp_path / "security.log", free_port()

    def ask(_number: int) -> str | None:
        connection = HTTPConnection("127.0.0.1", port, timeout=60)
        connection.request("DELETE", "/login", headers={"Host": "localhost"})
        answer = connection.getresponse()
        answer.read()
        connection.close()
        assert answer.status == 405
        return answer.headers["X-Request-ID"]

    told = {"WEB_CONCURRENCY": "2", "SECURITY_LOG": str(log)}
    with serving(tmp_path, port, **told), ThreadPoolExecutor(8) as clients:
        numbers = list(clients.map(ask, range(REQUESTS)))
    lines = [json.loads(line) for line in log.read_text().splitlines()]
    refused = [line for line in lines if line["event"] == "bad_request"]
    assert {line["request"] for line in refused} == set(numbers)
    assert len(refused) == len(set(numbers)) == REQUESTS
    assert {line["client"] for line in refused} == {"127.0.0.1"}
