#!/usr/bin/env python3
"""A small command line over the module, as the tools it follows had one: five commands, one client."""

import functools
import json
import sys

import click
from xai_management import XAIManagement, get_region_choices


def command(name, *options):
    """A command with the options that all of them share; failures end it with `Error: …` and 1."""

    def wrap(function):
        @functools.wraps(function)
        def run(management_key, team_id, region, **values):
            try:
                function(XAIManagement(management_key, team_id, region), **values)
            except Exception as error:
                click.echo(f"Error: {error}", err=True)
                sys.exit(1)

        shared = (
            click.option("--management-key"),
            click.option("--team-id"),
            click.option("--region", type=click.Choice(get_region_choices())),
            click.option("--output", type=click.Choice(["text", "json"]), default="text"),
        )
        for option in (*shared, *options):
            run = option(run)
        return cli.command(name)(run)

    return wrap


def show(data, output, lines):
    click.echo(json.dumps(data, indent=2) if output == "json" else "\n".join(lines))


@click.group()
def cli():
    """Keys, models and regions of a team."""


@command("create-key", click.option("--name", required=True), click.option("--qps", default=5),
         click.option("--qpm", default=100), click.option("--tpm", type=int),
         click.option("--all-models", is_flag=True), click.option("--model", multiple=True),
         click.option("--all-endpoints", is_flag=True), click.option("--endpoint", multiple=True))
def create_key(client, name, qps, qpm, tpm, all_models, model, all_endpoints, endpoint, output):
    """Make a key and show its secret."""
    models = ["*"] if all_models else model
    endpoints = ["*"] if all_endpoints else endpoint
    acls = [f"api-key:model:{each}" for each in models] + [f"api-key:endpoint:{each}" for each in endpoints]
    if not acls:
        raise ValueError("name a model or an endpoint")
    key = client.create_api_key(name=name, acls=acls, qps=qps, qpm=qpm, tpm=tpm)
    show(key, output, [f"Id: {key['apiKeyId']}", f"Secret: {key['apiKey']}"])


@command("list-keys", click.option("--limit", default=10))
def list_keys(client, limit, output):
    """List keys."""
    keys = client.list_api_keys(page_size=limit)["apiKeys"]
    show(keys, output, [f"{key['apiKeyId']}  {key['name']}" for key in keys])


@command("delete-key", click.argument("key_id"))
def delete_key(client, key_id, output):
    """Delete a key."""
    show({"success": client.delete_api_key(key_id), "keyId": key_id}, output, [f"Deleted: {key_id}"])


@command("list-models")
def list_models(client, output):
    """List models."""
    models = [model for cluster in client.list_available_models()["clusterConfigs"]
              for kind in cluster.values() if isinstance(kind, list) for model in kind]
    show(models, output, sorted({model["name"] for model in models}))


@command("regions")
def regions(client, output):
    """List regions and their models."""
    found = client.get_available_regions()
    show(found, output, [f"{name}: {', '.join(models)}" for name, models in found.items()])


if __name__ == "__main__":
    cli()
