"""Socket Mode over real WebSockets: hello, envelopes, acknowledgements, and asking the app to come back."""

from __future__ import annotations

import asyncio
import json
import socket

from starlette.concurrency import run_in_threadpool
from starlette.websockets import WebSocket, WebSocketDisconnect

from playground.model import Envelope, Json
from playground.workspace import PracticeWorkspace

MOST_CONNECTIONS = 10


class SocketConnections:
    """The app's open sockets."""

    def __init__(self, workspace: PracticeWorkspace) -> None:
        self.workspace = workspace
        self.open: list[SocketConnection] = []
        workspace.link_listeners.append(self.ask_back)

    async def serve(self, websocket: WebSocket) -> None:
        """One connection, from its ticket to its end."""
        ticket = websocket.query_params.get("ticket", "")
        if ticket not in self.workspace.tickets:
            await websocket.close(code=4001)
            return
        self.workspace.tickets.discard(ticket)
        await websocket.accept()
        if len(self.open) >= MOST_CONNECTIONS:
            await websocket.send_text(json.dumps(_disconnect("too_many_websockets")))
            await websocket.close()
            return
        await self._run(SocketConnection(self.workspace, websocket))

    async def _run(self, link: SocketConnection) -> None:
        self.open.append(link)
        link.put(self._hello())
        await run_in_threadpool(self.workspace.connect, link.sink)
        try:
            await link.run()
        finally:
            self.open.remove(link)
            await run_in_threadpool(self.workspace.disconnect, link.sink)

    def _hello(self) -> Json:
        return {
            "type": "hello",
            "connection_info": {"app_id": self.workspace.bot.app_id},
            "num_connections": len(self.open),
            "debug_info": {"host": socket.gethostname(), "build_number": 1, "approximate_connection_time": 3600},
        }

    def ask_back(self, reason: str) -> None:
        """Ask every connection to make a new one; unless it is a warning, the old one is closed.

        With `closed` nothing is asked: the line is just gone.
        """
        for link in list(self.open):
            if reason != "closed":
                link.put(_disconnect(reason))
            if reason != "warning":
                link.put(None)


def _disconnect(reason: str) -> Json:
    return {"type": "disconnect", "reason": reason, "debug_info": {"host": socket.gethostname()}}


class SocketConnection:
    """One WebSocket; frames may be put from any thread."""

    def __init__(self, workspace: PracticeWorkspace, websocket: WebSocket) -> None:
        self.workspace = workspace
        self.websocket = websocket
        self.frames: asyncio.Queue[Json | None] = asyncio.Queue()
        self.loop = asyncio.get_running_loop()

    def put(self, frame: Json | None) -> None:
        self.loop.call_soon_threadsafe(self.frames.put_nowait, frame)

    def sink(self, envelope: Envelope) -> None:
        self.put(
            {
                "envelope_id": envelope.envelope_id,
                "type": envelope.type,
                "payload": envelope.payload,
                "accepts_response_payload": envelope.accepts_response_payload,
                "retry_attempt": envelope.retry_attempt,
                "retry_reason": envelope.retry_reason,
            }
        )

    async def run(self) -> None:
        """Send and receive until either side ends."""
        sending = asyncio.create_task(self._send())
        receiving = asyncio.create_task(self._receive())
        done, pending = await asyncio.wait({sending, receiving}, return_when=asyncio.FIRST_COMPLETED)
        for task in pending:
            task.cancel()
        await asyncio.gather(*done, *pending, return_exceptions=True)

    async def _send(self) -> None:
        while (frame := await self.frames.get()) is not None:
            await self.websocket.send_text(json.dumps(frame))
        await self.websocket.close()

    async def _receive(self) -> None:
        try:
            while True:
                await self._take(await self.websocket.receive_text())
        except WebSocketDisconnect:
            return

    async def _take(self, text: str) -> None:
        try:
            answer = json.loads(text)
        except json.JSONDecodeError:
            return
        if isinstance(answer, dict) and "envelope_id" in answer:
            await run_in_threadpool(self.workspace.acknowledge, str(answer["envelope_id"]), answer.get("payload"))
