# Made by scripts/make_stubs from __init__.py.
from datetime import date, datetime
from enum import Enum
from typing import Any, Dict, Iterator, List, Mapping, Optional, Sequence, Tuple, Union

__all__ = ['XAIManagement', 'XAIManagementError', 'XAIRegion', '__version__', 'get_region_choices']

__version__: str

class XAIManagementError(Exception):
    message: str
    code: str
    http_status: int | None
    outcome: str
    request_id: str | None
    next: str | None
    def __init__(
        self,
        message: str,
        code: str = ...,
        http_status: int | None = ...,
        outcome: str = ...,
        request_id: str | None = ...,
        next: str | None = ...,
    ) -> None: ...

class XAIRegion(str, Enum):
    US_EAST_1 = 'us-east-1'
    US_WEST_2 = 'us-west-2'
    EU_WEST_1 = 'eu-west-1'
    AP_SOUTHEAST_1 = 'ap-southeast-1'
    AUTO = 'api'

def get_region_choices() -> List[str]: ...

class XAIManagement:
    def __init__(
        self,
        management_key: Optional[str] = ...,
        team_id: Optional[str] = ...,
        region: Union[XAIRegion, str, None] = ...,
        base_url: Optional[str] = ...,
    ) -> None: ...
    @property
    def management_key(self) -> str: ...
    @property
    def team_id(self) -> str: ...
    @property
    def region(self) -> Union[XAIRegion, str]: ...
    @property
    def base_url(self) -> str: ...
    @property
    def headers(self) -> Dict[str, str]: ...
    def create_api_key(
        self,
        name: str,
        acls: Optional[Sequence[str]] = ...,
        qps: Optional[int] = ...,
        qpm: Optional[int] = ...,
        tpm: Union[int, str, None] = ...,
    ) -> Dict[str, Any]: ...
    def list_api_keys(self, page_size: Optional[int] = ..., pagination_token: str = ...) -> Dict[str, Any]: ...
    def update_api_key(self, api_key_id: str, updates: Mapping[str, Any], fields: Sequence[str]) -> Dict[str, Any]: ...
    def rotate_api_key(
        self,
        api_key_id: str,
        expire_time: Union[str, date, datetime, None] = ...,
        old_secret_expire_time: Union[str, date, datetime, None] = ...,
    ) -> Dict[str, Any]: ...
    def delete_api_key(self, api_key_id: str) -> bool: ...
    def check_propagation_status(self, api_key_id: str) -> Dict[str, Any]: ...
    def list_available_models(self) -> Dict[str, Any]: ...
    def list_available_endpoints(self) -> Dict[str, Any]: ...
    def get_available_regions(self) -> Dict[str, List[str]]: ...
    def get_api_key_info(self, api_key: str) -> Dict[str, Any]: ...
    def get_prepaid_balance(self) -> Dict[str, Any]: ...
    def preview_postpaid_invoice(self) -> Dict[str, Any]: ...
    def list_invoices(
        self,
        billing_cycle: Union[str, date, None] = ...,
        since: Union[str, date, None] = ...,
        invoice_ids: Sequence[str] = ...,
    ) -> Dict[str, Any]: ...
    def get_spending_limits(self) -> Dict[str, Any]: ...
    def list_payment_methods(self) -> Dict[str, Any]: ...
    def get_billing_info(self) -> Dict[str, Any]: ...
    def analyze_usage(
        self,
        start_time: Union[str, date, datetime],
        end_time: Union[str, date, datetime],
        timezone: str = ...,
        time_unit: str = ...,
        values: Sequence[Tuple[str, str]] = ...,
        group_by: Sequence[str] = ...,
        filters: Sequence[str] = ...,
    ) -> Dict[str, Any]: ...
    def list_audit_events(
        self,
        page_size: Optional[int] = ...,
        page_token: str = ...,
        user_id: str = ...,
        query: str = ...,
        event_id: str = ...,
        event_time_from: Union[str, date, datetime, None] = ...,
        event_time_to: Union[str, date, datetime, None] = ...,
        order_by: str = ...,
    ) -> Dict[str, Any]: ...
    def all_audit_events(
        self,
        user_id: str = ...,
        query: str = ...,
        event_id: str = ...,
        event_time_from: Union[str, date, datetime, None] = ...,
        event_time_to: Union[str, date, datetime, None] = ...,
        order_by: str = ...,
    ) -> Iterator[Dict[str, Any]]: ...
