#!/usr/bin/env python3
"""Lists a team's keys the way a click and requests script does; something to compare with."""

import os

import click
import requests


@click.group()
def cli():
    pass


@cli.command("list-keys")
@click.option("--page-size", default=100)
def list_keys(page_size):
    base = os.environ["XAI_MANAGEMENT_BASE_URL"]
    team = os.environ["XAI_TEAM_ID"]
    session = requests.Session()
    session.headers["Authorization"] = "Bearer " + os.environ["XAI_MANAGEMENT_KEY"]
    token = ""
    while True:
        answer = session.get(
            f"{base}/auth/teams/{team}/api-keys",
            params={"pageSize": page_size, "paginationToken": token},
            timeout=30,
            verify=os.environ["BENCH_CA_FILE"],
        )
        answer.raise_for_status()
        page = answer.json()
        for key in page.get("apiKeys", []):
            state = "disabled" if key.get("disabled") else "active"
            acls = " ".join(key.get("aclStrings", []))
            click.echo(f"{key['apiKeyId']:36}  {key['name']:20}  {state:8}  {acls}")
        token = page.get("paginationToken") or ""
        if not token:
            return


if __name__ == "__main__":
    cli()
