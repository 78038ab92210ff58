"""The calls about what keys can reach."""


class AccessCalls:
    def validate_management_key(self):
        """The management key as the service knows it: its name, ``scope``, ``teamId`` and ``acls``.

        Errors: unauthenticated (it is not a key, or no longer).
        """
        return self._client.call("validateManagementKey")

    def list_available_models(self):
        """``clusterConfigs``: the team's models per cluster, with prices and limits.

        Token prices are in 1e-8 US cents for one token.
        Errors: permission_denied, not_found.
        """
        return self._client.call("listTeamModels")

    def list_available_endpoints(self):
        """``acls``: the endpoint grants that the team may put on a key.

        Errors: permission_denied, not_found.
        """
        return self._client.call("listPossibleEndpointAcls")

    def get_available_regions(self):
        # type: () -> Dict[str, List[str]]
        """Region to its model names: ``auto`` with those of all clusters, then each cluster.

        Errors: permission_denied, not_found.
        """
        return self._client.regions()

    def check_grants(self, models=None, endpoints=None):
        # type: (Optional[Sequence[str]], Optional[Sequence[str]]) -> List[str]
        """The ``acls`` of a key that may use these models and endpoints, once the team is known to have each.

        models: names or aliases, such as ``grok-4``; an alias is made canonical. None is all, later ones too.
        endpoints: such as ``chat``. None is all, later ones too.

        A look-up that the management key is not allowed is left out, with a warning.
        Errors: failed_precondition, reason unknown_model or unknown_endpoint with the closest names
        in ``next``, or unknown_region; those of list_available_models and list_available_endpoints.
        """
        return self._client.check_grants(models, endpoints)
