"""A relay between browser and server that counts the bytes on the wire.

Browsers report the length of a websocket message after it was decompressed; what
travels is only seen below that, so every byte of every TCP connection is counted.
"""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections.abc import Iterator
from dataclasses import dataclass

from benchmarks.servers import HOST

_CHUNK = 65_536


@dataclass
class Traffic:
    """Bytes since the last `reset`, HTTP and websocket headers included.

    Attributes
    ----------
    url : address of the relay
    down, up : from and to the server
    """

    url: str
    down: int = 0
    up: int = 0

    def reset(self) -> None:
        """Count from zero again."""
        self.down = self.up = 0


@contextlib.contextmanager
def relay_to(port: int) -> Iterator[Traffic]:
    """Relay connections to a local port for the length of the block."""
    ready = threading.Event()
    traffic = Traffic("")
    loop = asyncio.new_event_loop()

    def run() -> None:
        asyncio.set_event_loop(loop)
        server = loop.run_until_complete(
            asyncio.start_server(lambda r, w: _serve(r, w, port, traffic), HOST, 0)
        )
        traffic.url = f"http://{HOST}:{server.sockets[0].getsockname()[1]}"
        ready.set()
        loop.run_forever()
        for task in asyncio.all_tasks(loop):
            task.cancel()
        loop.run_until_complete(asyncio.sleep(0))

    thread = threading.Thread(target=run, name="relay", daemon=True)
    thread.start()
    ready.wait()
    try:
        yield traffic
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join(timeout=5)


async def _serve(
    from_browser: asyncio.StreamReader,
    to_browser: asyncio.StreamWriter,
    port: int,
    traffic: Traffic,
) -> None:
    from_server, to_server = await asyncio.open_connection(HOST, port)

    async def carry(
        source: asyncio.StreamReader, target: asyncio.StreamWriter, name: str
    ) -> None:
        with contextlib.suppress(OSError):
            while data := await source.read(_CHUNK):
                setattr(traffic, name, getattr(traffic, name) + len(data))
                target.write(data)
                await target.drain()
        target.close()

    await asyncio.gather(
        carry(from_browser, to_server, "up"), carry(from_server, to_browser, "down")
    )
