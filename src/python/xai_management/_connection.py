"""What a client is made of, and how it ends."""

import os

from . import _core
from ._arguments import path_of, text_of, wrong_type
from ._errors import XAIManagementError
from ._region import XAIRegion, get_region_choices
from ._times import seconds_of


class _Headers(dict):
    """The headers of a request, which print without the key."""

    def __repr__(self):
        return repr({**self, "Authorization": "Bearer ***"})


class Connection:
    """What calls are sent with; see XAIManagement."""

    def __init__(self, management_key=None, team_id=None, region=None, base_url=None, *, timeout=30, max_retries=2,
                 ca_file=None, state_folder=None, log=None, trace=None, on_event=None):
        # From here on no variable holds the key as text, which a traceback could show.
        # type: (Optional[str], Optional[str], Union[XAIRegion, str, None], Optional[str], Union[float, timedelta, None], int, Union[str, PathLike[str], None], Union[str, PathLike[str], None], Optional[Callable[[str], object]], Optional[Callable[[str], object]], Optional[Callable[[Event], object]]) -> None
        management_key = _core.Secret("" if management_key is None else management_key, "management_key")
        for name, hook in (("log", log), ("trace", trace), ("on_event", on_event)):
            if hook is not None and not callable(hook):
                raise wrong_type(name, "a function of one argument", hook)
        if isinstance(max_retries, bool) or not isinstance(max_retries, int):
            raise wrong_type("max_retries", "an int", max_retries)
        if not 0 <= max_retries <= 100:
            raise ValueError("max_retries must be between 0 and 100")
        self._client = _core.Client(
            management_key,
            team_id=text_of(team_id, "team_id"),
            region=text_of(region, "region"),
            base_url=text_of(base_url, "base_url"),
            timeout_ms=_milliseconds(timeout),
            attempts_max=1 + max_retries,
            ca_file="" if ca_file in (None, "") else path_of(ca_file, "ca_file"),
            # "" is none; None is where `manage_xai` keeps its own.
            state_folder=state_folder if state_folder in (None, "") else _absolute(state_folder),
            log=log,
            trace=trace,
            on_event=on_event,
        )
        if not self._client.team_id:
            self._ask_team()

    def _ask_team(self):
        try:
            self._client.ask_team_id()
        except XAIManagementError as error:
            raise ValueError(f"team_id is required: pass it or set XAI_TEAM_ID ({error})") from error

    def __repr__(self):
        return f"{type(self).__name__}(team_id={self.team_id!r}, base_url={self.base_url!r})"

    def close(self):
        # type: () -> None
        """Forgets the key and ends the connections. Calls that are under way come to their end; later
        ones raise RuntimeError. A ``with`` statement calls it."""
        self._client.close()

    @property
    def management_key(self):
        # type: () -> str
        """The management key itself."""
        return self._client.management_key

    @property
    def team_id(self):
        # type: () -> str
        """The team that all calls are about."""
        return self._client.team_id

    @property
    def region(self):
        # type: () -> Union[XAIRegion, str]
        """Where API keys are used: an XAIRegion, or the string of one that it lacks."""
        name = self._client.region
        if name == "auto":
            return XAIRegion.AUTO
        return XAIRegion(name) if name in get_region_choices() else name

    @property
    def base_url(self):
        # type: () -> str
        """Where calls go, without ``/`` at the end."""
        return self._client.base_url

    @property
    def headers(self):
        # type: () -> Dict[str, str]
        """The headers of a call, for requests of one's own. A copy; it prints without the key."""
        return _Headers({"Authorization": f"Bearer {self.management_key}", "Content-Type": "application/json"})


def _absolute(folder):
    return os.path.abspath(path_of(folder, "state_folder"))


def _milliseconds(timeout):
    if timeout is None:
        return 0
    if not seconds_of(timeout, "timeout"):
        raise ValueError("timeout must be more than 0; None is no limit")
    seconds = timeout.total_seconds() if hasattr(timeout, "total_seconds") else timeout
    return min(max(1, int(seconds * 1000)), 2**31 - 1)
