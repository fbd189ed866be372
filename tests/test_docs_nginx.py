"""The nginx example of the documents: HTTPS in front, the visitor's true address, websockets passed on."""

import http.server
import json
import shutil
import socket
import ssl
import subprocess
import threading
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest

from core.config import ROOT

EXAMPLE = ROOT / "docs" / "nginx.conf"


class Echo(http.server.BaseHTTPRequestHandler):
    """Answers with the headers that arrived."""

    def do_GET(self) -> None:
        body = json.dumps({key.lower(): value for key, value in self.headers.items()}).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_given: object) -> None:
        """Say nothing."""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def echoing() -> Iterator[int]:
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Echo)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield int(server.server_address[1])
    server.shutdown()


def certificate_for_localhost(folder: Path) -> None:
    """Make `anze.key` and `anze.crt` in a folder; skip where the machine cannot."""
    openssl = shutil.which("openssl")
    if not openssl:
        pytest.skip("this machine has no openssl")
    names = ("-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost")
    files = ("-keyout", str(folder / "anze.key"), "-out", str(folder / "anze.crt"))
    request = ("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", *names, *files)
    subprocess.run([openssl, *request], check=True, capture_output=True)


@contextmanager
def proxying(folder: Path, example: Path, places: Mapping[str, str]) -> Iterator[tuple[int, int]]:
    """Nginx with an example, on free ports and with a certificate of its own: its HTTP and HTTPS ports.

    `places` says what stands in the place of the example's addresses.
    """
    nginx = shutil.which("nginx", path="/usr/sbin:/usr/bin")
    if not nginx:
        pytest.skip("this machine has no nginx")
    certificate_for_localhost(folder)
    plain, safe = free_port(), free_port()
    text = example.read_text(encoding="utf-8")
    for old, new in {
        "listen 80;": f"listen 127.0.0.1:{plain};",
        "listen 443 ssl;": f"listen 127.0.0.1:{safe} ssl;",
        "anze.example.gov.cn": "localhost",
        "/etc/nginx/certs": folder.as_posix(),
        **places,
    }.items():
        assert old in text
        text = text.replace(old, new)
    whole = folder / "nginx.conf"
    logs = f"pid {folder}/pid; error_log {folder}/error.log; daemon off; events {{}}"
    whole.write_text(f"{logs}\nhttp {{ access_log off;\n{text}\n}}\n", encoding="utf-8")
    process = subprocess.Popen([nginx, "-c", str(whole), "-p", str(folder)], stderr=subprocess.DEVNULL)
    try:
        _wait_for(safe)
        yield plain, safe
    finally:
        process.terminate()
        process.wait(timeout=20)


@pytest.fixture
def proxy(tmp_path: Path) -> Iterator[tuple[int, int]]:
    """Nginx with the example, in front of an echo."""
    with (
        echoing() as backend,
        proxying(tmp_path, EXAMPLE, {"127.0.0.1:8501": f"127.0.0.1:{backend}"}) as ports,
    ):
        yield ports


def _wait_for(port: int) -> None:
    for _ in range(100):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    pytest.fail("nginx did not start with the example")


def _fetch(url: str, certificate: Path, **headers: str) -> dict[str, str]:
    trust = ssl.create_default_context(cafile=str(certificate))
    asked = urllib.request.Request(url, headers=headers)  # noqa: S310 - our own proxy
    with urllib.request.urlopen(asked, timeout=10, context=trust) as answer:  # noqa: S310
        told = dict(json.load(answer))
        return told | {"hsts": answer.headers.get("Strict-Transport-Security", "")}


def test_the_example_brings_https_the_true_address_and_websockets(
    proxy: tuple[int, int], tmp_path: Path
) -> None:
    _, safe = proxy
    forged = {"X-Forwarded-For": "10.6.6.6", "X-Forwarded-Proto": "http", "Upgrade": "websocket"}
    told = _fetch(f"https://localhost:{safe}/", tmp_path / "anze.crt", **forged)
    assert told["x-forwarded-for"] == "127.0.0.1"
    assert told["x-forwarded-proto"] == "https"
    assert (told["upgrade"], told["connection"]) == ("websocket", "upgrade")
    assert told["hsts"]


def test_the_example_turns_plain_http_away_to_https(proxy: tuple[int, int]) -> None:
    plain, _ = proxy
    with socket.create_connection(("127.0.0.1", plain), timeout=10) as line:
        line.sendall(b"GET /overview HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
        said = line.recv(4096).decode()
    assert said.startswith("HTTP/1.1 301")
    assert "Location: https://localhost/overview" in said
