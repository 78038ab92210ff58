"""The calls about API keys."""

from . import _core
from ._arguments import flag_of, wrong_type
from ._secret_file import parts_of
from ._times import expiry_text, seconds_of, time_text


class ApiKeyCalls:
    def create_api_key(self, name, acls=None, qps=5, qpm=100, tpm=None, expires=None, secret_file=None, again=False):
        # type: (str, Optional[Sequence[str]], Optional[int], Optional[int], Union[int, str, None], Union[str, date, timedelta, None], Union[str, PathLike[str], SecretFile, None], bool) -> ...
        """Makes an API key; the answer's ``apiKey`` is its secret, told this once.

        acls: grants such as ``api-key:model:grok-4`` and ``api-key:endpoint:chat``; a call needs
            one of each. None is every model and every endpoint. See check_grants.
        qps, qpm, tpm: queries per second, queries per minute, tokens per minute; None is no limit.
        expires: a string in RFC 3339, a date, an aware datetime, or a span from now; None is never.
        secret_file: a new file that takes the secret; the answer is without it then. A record in the
            state folder stands from before the request until the file is whole: whatever goes wrong,
            ``unfinished`` finds it. Without a file, the secret of a lost answer is lost.
        again: with a secret_file, create a key although nobody can tell yet what came of an earlier,
            unfinished create of that name.

        Sent again only when the first request provably did not arrive; with a secret_file also when it
        was throttled and a look shows that it made no key.
        Errors: invalid_argument (empty name), permission_denied, resource_exhausted. With a
        secret_file also reasons secret_undelivered, earlier_unfinished, not_as_asked, local_trouble
        and no_place_for_record.
        """
        if name == "":
            raise ValueError("name must not be empty")
        arguments = {
            "name": name,
            "acls": ["api-key:model:*", "api-key:endpoint:*"] if acls is None else acls,
            "qps": qps,
            "qpm": qpm,
            "tpm": _tpm_of(tpm),
            "expireTime": expiry_text(self._client, expires, "expires"),
        }
        flag_of(again, "again")
        if secret_file is not None:
            return self._client.create_api_key(arguments, parts_of(secret_file), again)
        return self._client.call("createApiKey", arguments, {"expireTime": "expires"})

    def list_api_keys(self, page_size=10, pagination_token="", active_only=False, acls=()):
        # type: (Optional[int], str, bool, Sequence[str]) -> ...
        """One page of the team's keys: ``apiKeys``, and ``paginationToken`` unless it is the last.

        page_size: keys on a page; None is all keys on one page.
        pagination_token: that of the page before; empty for the first page.
        active_only: leaves out keys that have expired.
        acls: only keys that carry these grants.

        Errors: permission_denied, not_found (a team that is not the key's own).
        """
        return self._client.call("listApiKeys", {
            "pageSize": page_size,
            "paginationToken": pagination_token,
            "activeOnly": active_only,
            "aclFilters": acls,
        }, {"aclFilters": "acls"})

    def all_api_keys(self, active_only=False, acls=()):
        # type: (bool, Sequence[str]) -> Iterator[ApiKey]
        """Every key of the team, one after the other, fetched a page at a time.

        Arguments are those of list_api_keys.
        Errors: those of list_api_keys, malformed_response (a list that does not end).
        """
        for page in self._client.pages("listApiKeys", {"activeOnly": active_only, "aclFilters": acls},
                                       {"aclFilters": "acls"}):
            yield from page.get("apiKeys") or ()

    def find_key(self, id_or_name):
        # type: (str) -> ApiKey
        """The key of that id, a UUID, or of that exact name. A name is looked for in all pages.

        Errors: not_found, with the closest names in ``next``; failed_precondition, reason
        ambiguous_name, with the ids in ``next``; those of list_api_keys.
        """
        return self._client.find_key(id_or_name)

    def update_api_key(self, api_key_id, updates, fields):
        # type: (str, ApiKeyValues, Sequence[str]) -> ...
        """Changes the members of a key that ``fields`` names, and no other; the key as it is then.

        updates: new values under the service's names: name, disabled, expireTime (as ``expires`` of
            create_api_key), qps, qpm, tpm, aclStrings (all grants, not only new ones).
        fields: names of the members to change. One without a value, or with None, is cleared.

        Sent again after looking what is there.
        Errors: not_found, invalid_argument (no fields, one that cannot be changed),
        permission_denied. ValueError for values that cannot be sent.
        """
        return self._client.call(
            "updateApiKey",
            {"apiKeyId": api_key_id, "apiKey": _updates_text(self._client, updates, fields), "fieldMask": fields},
            {"apiKey": "updates", "fieldMask": "fields"},
        )

    def rotate_api_key(self, api_key_id, expire_time=None, old_secret_expire_time=None, secret_file=None,
                       ends_overlap=False):
        # type: (str, Union[str, date, timedelta, None], Union[str, date, timedelta, None], Union[str, PathLike[str], SecretFile, None], bool) -> ...
        """Gives a key a new secret, told this once as ``apiKey``; its id stays.

        expire_time: of the new secret, as ``expires`` of create_api_key; None inherits.
        old_secret_expire_time: when the old secret stops working; None is in 24 hours, and 7 days
            is the most.
        secret_file: as in create_api_key. Without it, a lost answer loses the new secret.
        ends_overlap: with a secret_file, rotate although the secret before an earlier rotation from
            this machine still works; it stops at once then.

        Never sent again unless the first request provably did not leave.
        Errors: not_found, invalid_argument (an overlap of more than 7 days), permission_denied; with a
        secret_file also reasons within_overlap, secret_undelivered, not_as_asked, local_trouble and
        no_place_for_record.
        """
        arguments = rotation(self._client, api_key_id, expire_time, old_secret_expire_time)
        flag_of(ends_overlap, "ends_overlap")
        if secret_file is not None:
            return self._client.rotate_api_key(arguments, parts_of(secret_file), ends_overlap)
        return self._client.call("rotateApiKey", arguments)

    def delete_api_key(self, api_key_id):
        # type: (str) -> bool
        """Deletes a key for good; True.

        Sent again after looking whether the key is still there.
        Errors: not_found, permission_denied.
        """
        self._client.call("deleteApiKey", {"apiKeyId": api_key_id})
        return True

    def check_propagation_status(self, api_key_id):
        # type: (str) -> ...
        """``icPropagation``: inference host to whether the key is known there.

        A slight delay after a change is normal.
        Errors: not_found, permission_denied.
        """
        return self._client.call("checkApiKeyPropagation", {"apiKeyId": api_key_id})

    def wait_until_ready(self, api_key_id, wait=120):
        # type: (str, Union[float, timedelta]) -> Readiness
        """Which clusters know a key: asks until all of them do, or the wait is over.

        wait: seconds or a timedelta; 0 asks once. If the answer's ``isComplete`` is false then, the
            clusters in ``lagging`` do not know the key yet.

        Asks about the client's region, or all. Tells on_event each time.
        Errors: failed_precondition, reason unknown_region; those of check_propagation_status.
        """
        return self._client.wait_until_ready(api_key_id, seconds_of(wait, "wait"))

    def verify_secret(self, api_key, api_key_id="", wait=0):
        # type: (str, str, Union[float, timedelta]) -> SecretVerdict
        """What the inference host makes of a secret, which is used once: ``state`` is ``live`` if it works.

        api_key: the secret itself.
        api_key_id: of the key it should belong to; empty is any.
        wait: seconds or a timedelta for which to go on while it is ``not_known``, as clusters may not
            know a new secret yet. What is ``refused`` stays so.

        Errors: those of get_api_key_info but for a key that is not known or refused.
        """
        api_key = _core.Secret(api_key, "api_key")
        if not api_key:
            raise ValueError("api_key must not be empty")
        return self._client.verify_secret(api_key, api_key_id, seconds_of(wait, "wait"))

    def get_api_key_info(self, api_key):
        # type: (str) -> ...
        """An API key as the inference host sees it, whose names are in snake_case.

        api_key: the secret itself. A blocked or disabled key may answer too: see the flags.

        Asks the host of the client's region, or XAI_INFERENCE_BASE_URL.
        Errors: unauthenticated, permission_denied. Source: REST API reference, api-key.
        """
        api_key = _core.Secret(api_key, "api_key")
        if not api_key:
            raise ValueError("api_key must not be empty")
        return self._client.call("getInferenceApiKeyInfo", {"apiKey": api_key})


def rotation(client, api_key_id, expire_time, old_secret_expire_time):
    """The arguments of a rotation."""
    return {
        "apiKeyId": api_key_id,
        "expireTime": expiry_text(client, expire_time, "expire_time"),
        "oldSecretExpireTime": expiry_text(client, old_secret_expire_time, "old_secret_expire_time"),
    }


def _tpm_of(tpm):
    if not isinstance(tpm, str):
        return tpm
    try:
        return int(tpm) if tpm else None
    except ValueError:
        raise ValueError("tpm must be a whole number or None") from None


def _updates_text(client, updates, fields):
    """The new values as JSON. An expiry that is changed has to be in the future."""
    import json

    if not isinstance(updates, dict):
        raise wrong_type("updates", "a dict", updates)
    if not all(isinstance(name, str) for name in updates):
        raise TypeError("updates must have names that are str")
    names = fields if isinstance(fields, (list, tuple)) else ()
    is_changed = any(name in _EXPIRIES for name in names)
    values = dict(updates)
    for name in _EXPIRIES:
        value = values.get(name)
        if is_changed or hasattr(value, "total_seconds"):
            value = expiry_text(client, value, f"updates[{name!r}]")
        if name in values:
            values[name] = value

    def text_of(value):
        if hasattr(value, "isoformat"):
            return time_text(value, "a value in updates")
        raise TypeError(f"no value can be {type(value).__name__}")

    try:
        return json.dumps(values, default=text_of, allow_nan=False)
    except (TypeError, ValueError, RecursionError) as error:
        kind = TypeError if isinstance(error, TypeError) else ValueError
        raise kind(f"updates cannot be sent: {error}") from None


_EXPIRIES = ("expireTime", "expire_time")
