#!/usr/bin/env python3
"""A relay that makes a server as far away as one on another coast: `far_away.py PORT MILLISECONDS`.

Every byte takes half of the round trip each way, and the first ones of a connection a round trip
more, which is what opening it would take. Prints the port it listens on.
"""

import asyncio
import sys


async def pump(reader, writer, seconds, seconds_of_first):
    """Hands on what comes, each part `seconds` after it came and none before the one ahead of it."""
    loop = asyncio.get_running_loop()
    parts = asyncio.Queue()

    async def take():
        extra = seconds_of_first
        while data := await reader.read(65536):
            parts.put_nowait((loop.time() + seconds + extra, data))
            extra = 0
        parts.put_nowait((loop.time() + seconds, b""))

    taking = asyncio.create_task(take())
    while True:
        due, data = await parts.get()
        await asyncio.sleep(max(0, due - loop.time()))
        if not data:
            break
        writer.write(data)
    await taking
    writer.close()


async def relay(port, seconds, reader, writer):
    there_reader, there_writer = await asyncio.open_connection("127.0.0.1", port)
    results = await asyncio.gather(pump(reader, there_writer, seconds / 2, seconds),
                                   pump(there_reader, writer, seconds / 2, 0), return_exceptions=True)
    for result in results:
        if isinstance(result, Exception) and not isinstance(result, ConnectionError):
            raise result


async def main():
    port, milliseconds = map(int, sys.argv[1:])
    server = await asyncio.start_server(
        lambda reader, writer: relay(port, milliseconds / 1000, reader, writer), "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main())
