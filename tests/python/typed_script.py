"""A script that a type checker must accept: every name, with the types people use."""

from datetime import date, datetime, timezone
from typing import Any, Dict, List, Optional

from xai_management import XAIManagement, XAIManagementError, XAIRegion, __version__, get_region_choices


def main(key: Optional[str]) -> None:
    choices: List[str] = get_region_choices()
    client = XAIManagement(management_key=key, team_id=None, region=XAIRegion.AUTO, base_url=None)
    XAIManagement(region="cloud9")
    texts: List[str] = [client.management_key, client.team_id, client.base_url, __version__, *choices]
    headers: Dict[str, str] = client.headers
    made: Dict[str, Any] = client.create_api_key("x", acls=["api-key:model:*"], qps=None, qpm=1, tpm="5")
    key_id: str = made["apiKeyId"]
    client.list_api_keys(page_size=None, pagination_token="")
    client.update_api_key(key_id, {"qpm": 7, "expireTime": None}, ["qpm", "expireTime"])
    client.rotate_api_key(key_id, old_secret_expire_time=datetime.now(timezone.utc))
    client.check_propagation_status(key_id)
    client.list_available_models()
    client.list_available_endpoints()
    regions: Dict[str, List[str]] = client.get_available_regions()
    client.get_api_key_info("xai-…")
    balance: Dict[str, Any] = client.get_prepaid_balance()
    texts.append(balance["total"]["val"])
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
    try:
        gone: bool = client.delete_api_key(key_id)
    except XAIManagementError as error:
        status: Optional[int] = error.http_status
        texts.append(error.message + error.code + error.outcome + (error.request_id or "") + (error.next or ""))
