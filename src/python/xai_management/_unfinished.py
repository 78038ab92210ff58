"""The calls that settle what create_api_key or rotate_api_key with a secret_file left behind."""

from ._api_keys import rotation
from ._secret_file import parts_of


class UnfinishedCalls:
    def unfinished(self):
        # type: () -> List[Unfinished]
        """Every key that was to be made or rotated on this machine and is not settled, oldest first.

        ``state`` is ``minted`` where the secret is kept: deliver_unfinished. It is ``unknown`` where the
        answer was lost: ``apiKeyIds`` are the keys that it may be about, for rotate_unfinished or
        delete_unfinished. ``manage_xai recover`` sees the same records, and this sees its.
        Errors: reason no_place_for_record.
        """
        return self._client.unfinished()

    def deliver_unfinished(self, unfinished_id, secret_file):
        # type: (str, Union[str, PathLike[str], SecretFile]) -> None
        """Writes the secret that is kept into a file, as create_api_key does, and settles its record.

        Errors: not_found; failed_precondition (no secret came); reasons under_way,
        secret_undelivered and local_trouble.
        """
        self._client.deliver_unfinished(unfinished_id, parts_of(secret_file))

    def rotate_unfinished(self, unfinished_id, secret_file, api_key_id="", expire_time=None,
                          old_secret_expire_time=None):
        # type: (str, Union[str, PathLike[str], SecretFile], str, Union[str, date, timedelta, None], Union[str, date, timedelta, None]) -> ApiKey
        """Gives the key whose secret was lost a new one, as rotate_api_key does.

        api_key_id: empty is the one key that may be meant.

        Errors: those of rotate_api_key; not_found; reasons ambiguous_name, under_way and elsewhere.
        """
        arguments = rotation(self._client, api_key_id, expire_time, old_secret_expire_time)
        if api_key_id == "":
            del arguments["apiKeyId"]
        return self._client.rotate_unfinished(unfinished_id, arguments, parts_of(secret_file))

    def delete_unfinished(self, unfinished_id, api_key_id=""):
        # type: (str, str) -> None
        """Deletes the key that a create made and whose secret was lost.

        api_key_id: empty is the one key that may be meant.

        Errors: those of delete_api_key; failed_precondition (it was no create); reasons
        ambiguous_name, under_way and elsewhere.
        """
        self._client.delete_unfinished(unfinished_id, api_key_id)

    def forget_unfinished(self, unfinished_id):
        # type: (str) -> None
        """Drops a record, and a secret in it for good; the service is left as it is.

        Errors: not_found; reason under_way.
        """
        self._client.forget_unfinished(unfinished_id)
