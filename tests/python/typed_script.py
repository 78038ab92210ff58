"""A script that a type checker must accept: every name, with the types people use."""

from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path
from typing import Any, Dict, List, Mapping, Optional

from xai_management import (
    AsyncXAIManagement,
    NotFoundError,
    ResourceExhaustedError,
    SecretFile,
    XAIManagement,
    XAIManagementError,
    XAIRegion,
    __version__,
    get_region_choices,
)
from xai_management.types import ApiKey, Event, PrepaidBalance


def progress(event: Event) -> None:
    if event["event"] == "ClustersAsked":
        print(event["known"], event["all"])


async def awaited() -> Optional[Decimal]:
    async with AsyncXAIManagement(timeout=None) as client:
        names: List[str] = [key["name"] async for key in client.all_api_keys()]
        made = await client.create_api_key(names[0])
        gone: bool = await client.delete_api_key(made["apiKeyId"])
        return (await client.balance())["liveCredit"] if gone else None


def main(key: Optional[str]) -> None:
    choices: List[str] = get_region_choices()
    client = XAIManagement(management_key=key, team_id=None, region=XAIRegion.AUTO, base_url=None)
    XAIManagement(region="cloud9")
    texts: List[str] = [client.management_key, client.team_id, client.base_url, __version__, *choices]
    headers: Dict[str, str] = client.headers
    made: ApiKey = client.create_api_key("x", acls=["api-key:model:*"], qps=None, qpm=1, tpm="5",
                                         expires=timedelta(days=90), secret_file=Path("key"))
    anything: Mapping[str, Any] = made
    texts.append(anything["what is not typed"])
    key_id: str = made["apiKeyId"]
    client.list_api_keys(page_size=None, pagination_token="")
    client.update_api_key(key_id, {"qpm": 7, "expireTime": None}, ["qpm", "expireTime"])
    client.rotate_api_key(key_id, old_secret_expire_time=datetime.now(timezone.utc))
    client.check_propagation_status(key_id)
    client.list_available_models()
    client.list_available_endpoints()
    regions: Dict[str, List[str]] = client.get_available_regions()
    client.get_api_key_info("xai-…")
    ledger: PrepaidBalance = client.get_prepaid_balance()
    texts.append(ledger["total"]["val"])
    live_credit: Optional[Decimal] = client.balance()["liveCredit"]
    texts.append(f"{live_credit:.2f}" if live_credit is not None else "")
    report = client.usage(timedelta(days=7), every="hour", by="api_key", timezone="Europe/Paris")
    totals: Dict[str, Decimal] = {series["keyName"]: series["total"] for series in report["series"]}
    texts.extend(name for name, total in totals.items() if total > Decimal("12.50"))
    if not client.wait_until_ready(key_id, wait=60)["isComplete"]:
        texts.append(client.verify_secret("xai-…", key_id, wait=timedelta(minutes=1))["state"])
    for left in client.unfinished():
        if left["state"] == "minted":
            client.deliver_unfinished(left["id"], SecretFile("key", replaces=True, variable="XAI_API_KEY"))
        elif left["lookError"] is None:
            client.rotate_unfinished(left["id"], "key")
            client.delete_unfinished(left["id"])
        client.forget_unfinished(left["id"])
    texts.append(client.find_key("x")["name"])
    client.create_api_key("y", client.check_grants(["grok-4"], ["chat"]))
    texts.extend(key["name"] for key in client.all_api_keys(active_only=True, acls=["api-key:model:*"]))
    client.preview_postpaid_invoice()
    client.list_invoices(billing_cycle="2025-11")
    client.list_invoices(since=date(2025, 11, 1))
    client.list_invoices(invoice_ids=["…="])
    client.get_spending_limits()
    client.list_payment_methods()
    client.get_billing_info()
    client.analyze_usage("2025-10-01 00:00:00", date(2025, 10, 8), timezone="Etc/GMT", time_unit="TIME_UNIT_NONE",
                         values=[("usd", "AGGREGATION_SUM")], group_by=["description"], filters=[])
    client.list_audit_events(page_size=10, page_token="", event_time_from=datetime.now(timezone.utc))
    for event in client.all_audit_events(query="key", order_by="TIME_ASCENDING"):
        texts.append(event["description"])
    with XAIManagement(timeout=5.5, max_retries=0, ca_file="ca.pem", state_folder=Path("state"), log=print,
                       trace=texts.append, on_event=progress) as other:
        other.close()
    try:
        gone: bool = client.delete_api_key(key_id)
    except NotFoundError:
        texts.append("gone")
    except ResourceExhaustedError as throttled:
        seconds: Optional[int] = throttled.retry_after
    except XAIManagementError as error:
        status: Optional[int] = error.http_status
        texts.append(error.message + error.code + error.outcome + (error.request_id or "") + (error.next or ""))
