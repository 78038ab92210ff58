"""The calls of XAIManagement for asyncio: made from them, so that there is no second list."""

import asyncio
import functools
import inspect
from concurrent.futures import ThreadPoolExecutor

from . import XAIManagement, _core
from ._connection import Connection

_THREADS_MAX = 32
_END = object()


class _Work:
    """A call with its arguments, which may be a secret: a traceback that shows variables shows none of them."""

    __slots__ = ("function", "arguments", "names")

    def __init__(self, function, arguments, names):
        self.function = function
        self.arguments = arguments
        self.names = names

    def __call__(self):
        return self.function(*self.arguments, **self.names)


class AsyncXAIManagement(Connection):
    """XAIManagement for asyncio: the same arguments and the same calls, each to be awaited; iterators
    are asynchronous. A call runs in a thread, 32 at a time. When its task is cancelled it ends as it
    does with Ctrl-C: a read at once, a write that has been sent with its answer.

    Without a team_id the first call asks for the team; until then it is empty.
    """

    __module__ = "xai_management"

    def _ask_team(self):
        """The first call asks, in its thread: here it would hold up the loop."""

    async def __aenter__(self):
        # type: () -> AsyncXAIManagement
        return self

    async def __aexit__(self, *_):
        # type: (object) -> None
        self.close()

    def close(self):
        # type: () -> None
        """As that of XAIManagement; ``async with`` calls it."""
        super().close()
        self._threads.shutdown(wait=False)

    @functools.cached_property
    def _threads(self):
        return ThreadPoolExecutor(_THREADS_MAX, "xai_management")

    async def _in_thread(self, work):
        cancellation = _core.Cancellation()

        def run():
            with cancellation:
                if not self._client.team_id:
                    self._client.ask_team_id()
                return work()

        self._client.check_open()
        future = asyncio.get_running_loop().run_in_executor(self._threads, run)
        try:
            return await asyncio.shield(future)
        except asyncio.CancelledError:
            cancellation.cancel()
            await asyncio.wait([future])
            # Else asyncio reports that nobody has looked at it.
            future.exception()
            raise


def _awaitable(function):
    """A call of XAIManagement that is awaited."""

    @functools.wraps(function)
    async def call(self, *arguments, **names):
        work = _Work(function, (self, *arguments), names)
        del arguments, names
        return await self._in_thread(work)

    return call


def _iterable(function):
    """An iterator of XAIManagement as an asynchronous one."""

    @functools.wraps(function)
    async def iterate(self, *arguments, **names):
        items = function(self, *arguments, **names)
        while (item := await self._in_thread(lambda: next(items, _END))) is not _END:
            yield item

    return iterate


for _class in XAIManagement.__bases__:
    for _name, _function in vars(_class).items():
        if _class is not Connection and not _name.startswith("_"):
            _make = _iterable if inspect.isgeneratorfunction(_function) else _awaitable
            setattr(AsyncXAIManagement, _name, _make(_function))
