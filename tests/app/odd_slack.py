"""Servers that are not as they should be: a Slack that answers oddly, one that never answers, and a frozen database."""

import select
import socket
import urllib.error
import urllib.request
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread


@dataclass(frozen=True)
class OddAnswer:
    """What is answered in place of Slack's own answer."""

    body: str = ""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)


def refusal(error: str) -> OddAnswer:
    """Slack says no."""
    return OddAnswer(f'{{"ok": false, "error": "{error}"}}', headers={"Content-Type": "application/json"})


def later(seconds: int) -> OddAnswer:
    """Slack asks to wait."""
    return OddAnswer('{"ok": false, "error": "ratelimited"}', 429, {"Retry-After": str(seconds)})


class OddSlack:
    """Stands between the bot and the Slack at `api_url`: answers as told, and passes on everything else.

    `calls` counts the calls by method.
    """

    def __init__(self, api_url: str) -> None:
        self.calls: Counter[str] = Counter()
        self._next: dict[str, list[OddAnswer]] = defaultdict(list)
        self._always: dict[str, OddAnswer] = {}
        self._real = api_url
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()
        self.api_url = f"http://127.0.0.1:{self._server.server_port}/api/"

    def answers_next(self, method: str, *answers: OddAnswer) -> None:
        """The next calls of this method get these answers."""
        self._next[method].extend(answers)

    def answers_always(self, method: str, answer: OddAnswer | None) -> None:
        """Every call of this method gets this answer; None: Slack's own again."""
        self._always.pop(method, None)
        if answer:
            self._always[method] = answer

    def stops(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def _answer(self, method: str, headers: Mapping[str, str], body: bytes) -> OddAnswer:
        self.calls[method] += 1
        if self._next[method]:
            return self._next[method].pop(0)
        return self._always.get(method) or self._ask(method, headers, body)

    def _ask(self, method: str, headers: Mapping[str, str], body: bytes) -> OddAnswer:
        kept = {name: headers[name] for name in ("Authorization", "Content-Type") if name in headers}
        request = urllib.request.Request(self._real + method, data=body, headers=kept, method="POST")
        try:
            with urllib.request.urlopen(request, timeout=10) as answer:
                return OddAnswer(answer.read().decode(), answer.status, {"Content-Type": "application/json"})
        except urllib.error.HTTPError as refused:
            return OddAnswer(refused.read().decode(), refused.code)

    def _handler(slack) -> type[BaseHTTPRequestHandler]:  # noqa: N805
        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                answer = slack._answer(self.path.removeprefix("/api/"), dict(self.headers), body)
                self.send_response(answer.status)
                for name, value in answer.headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(answer.body.encode())))
                self.end_headers()
                self.wfile.write(answer.body.encode())

            def log_message(self, *_: object) -> None:
                """Nothing."""

        return Handler


@contextmanager
def silent_server() -> Iterator[int]:
    """A server that lets everybody connect and never says a word; its port."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen(100)
        yield listening.getsockname()[1]


class Line:
    """The line to a server that listens on a socket file, over TCP; `port` is its near end. It can be frozen."""

    def __init__(self, socket_file: str) -> None:
        self._far = socket_file
        self._flows, self._ends = Event(), Event()
        self._flows.set()
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port = self._listening.getsockname()[1]
        Thread(target=self._accept, daemon=True).start()

    def freezes(self) -> None:
        """Nothing passes any more, and nobody is told."""
        self._flows.clear()

    def thaws(self) -> None:
        """Everything passes again."""
        self._flows.set()

    def is_cut(self) -> None:
        """No line any more."""
        self._ends.set()
        self._flows.set()
        self._listening.close()

    def _accept(self) -> None:
        while not self._ends.is_set():
            try:
                near, _ = self._listening.accept()
            except OSError:
                return
            Thread(target=self._pass_on, args=(near,), daemon=True).start()

    def _pass_on(self, near: socket.socket) -> None:
        self._flows.wait()
        # Either end may have closed while the line was frozen.
        with suppress(OSError), near, socket.socket(socket.AF_UNIX) as far:
            far.connect(self._far)
            other = {near: far, far: near}
            while not self._ends.is_set():
                for one in select.select([near, far], [], [], 0.05)[0]:
                    self._flows.wait()
                    data = one.recv(65536)
                    if not data:
                        return
                    other[one].sendall(data)
