"""Receivers on this machine: webhooks and a mail server that answer, refuse, hang, break off or redirect."""

import http.server
import json
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

GOOD = {"errcode": 0, "errmsg": "ok"}
_REDIRECTS = range(300, 400)


@dataclass
class Webhook:
    """A group's robot under the test's control: what it says next, and what it was sent."""

    answer: bytes = json.dumps(GOOD).encode()
    status: int = 200
    way: str = "answer"
    got: list[dict[str, Any]] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)
    url: str = ""
    over: threading.Event = field(default_factory=threading.Event)

    def says(self, told: object) -> None:
        """Answer with this from now on."""
        self.answer, self.way = json.dumps(told).encode(), "answer"

    @property
    def texts(self) -> list[str]:
        """The texts it was sent."""
        return [(each.get("text") or {"content": each["content"]["text"]})["content"] for each in self.got]


class _Robot(http.server.BaseHTTPRequestHandler):
    """Answers for the webhook that its server holds."""

    robot: Webhook

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.robot.got.append(json.loads(body))
        self.robot.paths.append(self.path)
        ways = {"hang": self._hang, "break": self.connection.close, "drip": self._drip}
        ways.get(self.robot.way, self._answer)()

    def do_GET(self) -> None:
        self.robot.paths.append(f"GET {self.path}")
        self._answer()

    def _answer(self) -> None:
        self.send_response(self.robot.status)
        self.send_header("Content-Length", str(len(self.robot.answer)))
        if self.robot.status in _REDIRECTS:
            self.send_header("Location", f"{self.robot.url}/elsewhere")
        self.end_headers()
        self.wfile.write(self.robot.answer)

    def _hang(self) -> None:
        self.robot.over.wait(20)

    def _drip(self) -> None:
        """One byte of a header at a time, for ever."""
        self.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
        while not self.robot.over.wait(0.05):
            self.wfile.write(b"x")

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@dataclass
class Mailbox:
    """A mail server under the test's control: what it refuses, and what it was sent."""

    refuses: str = ""
    breaks: bool = False
    got: list[bytes] = field(default_factory=list)
    port: int = 0


class _Postman(socketserver.StreamRequestHandler):
    """Takes mail for the mailbox that its server holds."""

    box: Mailbox

    def handle(self) -> None:
        if self.box.breaks:
            return
        self._say("220 ready")
        while line := self.rfile.readline().decode("latin-1").strip():
            self._obey(line.split(" ", maxsplit=1)[0].upper())

    def _obey(self, word: str) -> None:
        if word == self.box.refuses:
            self._say("550 no")
        elif word == "DATA":
            self._say("354 go")
            self.box.got.append(self._body())
            self._say("250 kept")
        else:
            self._say({"QUIT": "221 bye"}.get(word, "250 ok"))

    def _body(self) -> bytes:
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line.removeprefix(b"."))
        return b"".join(lines)

    def _say(self, words: str) -> None:
        self.wfile.write(f"{words}\r\n".encode())


@contextmanager
def webhook() -> Iterator[Webhook]:
    """A robot on a free port, for as long as the block lasts."""
    robot = Webhook()
    handler = type("Robot", (_Robot,), {"robot": robot})
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server, _serving(server):
        robot.url = f"http://127.0.0.1:{server.server_address[1]}"
        try:
            yield robot
        finally:
            robot.over.set()


@contextmanager
def mailbox() -> Iterator[Mailbox]:
    """A mail server on a free port, for as long as the block lasts."""
    box = Mailbox()
    handler = type("Postman", (_Postman,), {"box": box})
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), handler) as server, _serving(server):
        box.port = server.server_address[1]
        yield box


@contextmanager
def _serving(server: socketserver.BaseServer) -> Iterator[None]:
    server.handle_error = lambda *_: None  # type: ignore[method-assign] # a client that left is no news here
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        thread.join()
