# Made by scripts/make_stubs from the package's own source.
from datetime import date, timedelta
from enum import Enum
from os import PathLike
from typing import AsyncIterator, Callable, Dict, Iterator, List, Optional, Sequence, Tuple, Union

from .types import (
    AnalyzeUsageResponse,
    ApiKey,
    ApiKeyPropagation,
    ApiKeyValues,
    AuditEvent,
    Balance,
    Event,
    GetBillingInfoResponse,
    GetSpendingLimitsResponse,
    InferenceApiKeyInfo,
    ListApiKeysResponse,
    ListAuditEventsResponse,
    ListInvoicesResponse,
    ListPaymentMethodsResponse,
    ListPossibleEndpointAclsResponse,
    ListTeamModelsResponse,
    ManagementKey,
    PrepaidBalance,
    PreviewPostpaidInvoiceResponse,
    Readiness,
    SecretVerdict,
    Unfinished,
    UsageGrouping,
    UsageReport,
    UsageUnit,
)

__all__ = ['AbortedError', 'AlreadyExistsError', 'AsyncXAIManagement', 'CancelledError', 'DataLossError', 'DeadlineExceededError', 'FailedPreconditionError', 'InternalError', 'InvalidArgumentError', 'MalformedResponseError', 'NotFoundError', 'OutOfRangeError', 'PermissionDeniedError', 'ResourceExhaustedError', 'SecretFile', 'UnauthenticatedError', 'UnavailableError', 'UnimplementedError', 'UnknownError', 'XAIManagement', 'XAIManagementError', 'XAIManagementWarning', 'XAIRegion', '__version__', 'get_region_choices']

__version__: str

class XAIManagement:
    def __init__(
        self,
        management_key: Optional[str] = ...,
        team_id: Optional[str] = ...,
        region: Union[XAIRegion, str, None] = ...,
        base_url: Optional[str] = ...,
        *,
        timeout: Union[float, timedelta, None] = ...,
        max_retries: int = ...,
        ca_file: Union[str, PathLike[str], None] = ...,
        state_folder: Union[str, PathLike[str], None] = ...,
        log: Optional[Callable[[str], object]] = ...,
        trace: Optional[Callable[[str], object]] = ...,
        on_event: Optional[Callable[[Event], object]] = ...,
    ) -> None: ...
    def close(self) -> None: ...
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
        expires: Union[str, date, timedelta, None] = ...,
        secret_file: Union[str, PathLike[str], SecretFile, None] = ...,
        again: bool = ...,
    ) -> ApiKey: ...
    def list_api_keys(
        self,
        page_size: Optional[int] = ...,
        pagination_token: str = ...,
        active_only: bool = ...,
        acls: Sequence[str] = ...,
    ) -> ListApiKeysResponse: ...
    def all_api_keys(self, active_only: bool = ..., acls: Sequence[str] = ...) -> Iterator[ApiKey]: ...
    def find_key(self, id_or_name: str) -> ApiKey: ...
    def update_api_key(self, api_key_id: str, updates: ApiKeyValues, fields: Sequence[str]) -> ApiKey: ...
    def rotate_api_key(
        self,
        api_key_id: str,
        expire_time: Union[str, date, timedelta, None] = ...,
        old_secret_expire_time: Union[str, date, timedelta, None] = ...,
        secret_file: Union[str, PathLike[str], SecretFile, None] = ...,
        ends_overlap: bool = ...,
    ) -> ApiKey: ...
    def delete_api_key(self, api_key_id: str) -> bool: ...
    def check_propagation_status(self, api_key_id: str) -> ApiKeyPropagation: ...
    def wait_until_ready(self, api_key_id: str, wait: Union[float, timedelta] = ...) -> Readiness: ...
    def verify_secret(
        self,
        api_key: str,
        api_key_id: str = ...,
        wait: Union[float, timedelta] = ...,
    ) -> SecretVerdict: ...
    def get_api_key_info(self, api_key: str) -> InferenceApiKeyInfo: ...
    def unfinished(self) -> List[Unfinished]: ...
    def deliver_unfinished(self, unfinished_id: str, secret_file: Union[str, PathLike[str], SecretFile]) -> None: ...
    def rotate_unfinished(
        self,
        unfinished_id: str,
        secret_file: Union[str, PathLike[str], SecretFile],
        api_key_id: str = ...,
        expire_time: Union[str, date, timedelta, None] = ...,
        old_secret_expire_time: Union[str, date, timedelta, None] = ...,
    ) -> ApiKey: ...
    def delete_unfinished(self, unfinished_id: str, api_key_id: str = ...) -> None: ...
    def forget_unfinished(self, unfinished_id: str) -> None: ...
    def validate_management_key(self) -> ManagementKey: ...
    def list_available_models(self) -> ListTeamModelsResponse: ...
    def list_available_endpoints(self) -> ListPossibleEndpointAclsResponse: ...
    def get_available_regions(self) -> Dict[str, List[str]]: ...
    def check_grants(
        self,
        models: Optional[Sequence[str]] = ...,
        endpoints: Optional[Sequence[str]] = ...,
    ) -> List[str]: ...
    def balance(self) -> Balance: ...
    def usage(
        self,
        since: Union[str, date, timedelta, None] = ...,
        until: Union[str, date, None] = ...,
        timezone: str = ...,
        every: UsageUnit = ...,
        by: UsageGrouping = ...,
        filters: Sequence[str] = ...,
    ) -> UsageReport: ...
    def get_prepaid_balance(self) -> PrepaidBalance: ...
    def preview_postpaid_invoice(self) -> PreviewPostpaidInvoiceResponse: ...
    def list_invoices(
        self,
        billing_cycle: Union[str, date, None] = ...,
        since: Union[str, date, None] = ...,
        invoice_ids: Sequence[str] = ...,
    ) -> ListInvoicesResponse: ...
    def get_spending_limits(self) -> GetSpendingLimitsResponse: ...
    def list_payment_methods(self) -> ListPaymentMethodsResponse: ...
    def get_billing_info(self) -> GetBillingInfoResponse: ...
    def analyze_usage(
        self,
        start_time: Union[str, date],
        end_time: Union[str, date],
        timezone: str = ...,
        time_unit: str = ...,
        values: Sequence[Tuple[str, str]] = ...,
        group_by: Sequence[str] = ...,
        filters: Sequence[str] = ...,
    ) -> AnalyzeUsageResponse: ...
    def list_audit_events(
        self,
        page_size: Optional[int] = ...,
        page_token: str = ...,
        user_id: str = ...,
        query: str = ...,
        event_id: str = ...,
        event_time_from: Union[str, date, None] = ...,
        event_time_to: Union[str, date, None] = ...,
        order_by: str = ...,
    ) -> ListAuditEventsResponse: ...
    def all_audit_events(
        self,
        user_id: str = ...,
        query: str = ...,
        event_id: str = ...,
        event_time_from: Union[str, date, None] = ...,
        event_time_to: Union[str, date, None] = ...,
        order_by: str = ...,
    ) -> Iterator[AuditEvent]: ...
    def __enter__(self) -> XAIManagement: ...
    def __exit__(self, *_: object) -> None: ...

class AsyncXAIManagement:
    def __init__(
        self,
        management_key: Optional[str] = ...,
        team_id: Optional[str] = ...,
        region: Union[XAIRegion, str, None] = ...,
        base_url: Optional[str] = ...,
        *,
        timeout: Union[float, timedelta, None] = ...,
        max_retries: int = ...,
        ca_file: Union[str, PathLike[str], None] = ...,
        state_folder: Union[str, PathLike[str], None] = ...,
        log: Optional[Callable[[str], object]] = ...,
        trace: Optional[Callable[[str], object]] = ...,
        on_event: Optional[Callable[[Event], object]] = ...,
    ) -> None: ...
    def close(self) -> None: ...
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
    async def create_api_key(
        self,
        name: str,
        acls: Optional[Sequence[str]] = ...,
        qps: Optional[int] = ...,
        qpm: Optional[int] = ...,
        tpm: Union[int, str, None] = ...,
        expires: Union[str, date, timedelta, None] = ...,
        secret_file: Union[str, PathLike[str], SecretFile, None] = ...,
        again: bool = ...,
    ) -> ApiKey: ...
    async def list_api_keys(
        self,
        page_size: Optional[int] = ...,
        pagination_token: str = ...,
        active_only: bool = ...,
        acls: Sequence[str] = ...,
    ) -> ListApiKeysResponse: ...
    def all_api_keys(self, active_only: bool = ..., acls: Sequence[str] = ...) -> AsyncIterator[ApiKey]: ...
    async def find_key(self, id_or_name: str) -> ApiKey: ...
    async def update_api_key(self, api_key_id: str, updates: ApiKeyValues, fields: Sequence[str]) -> ApiKey: ...
    async def rotate_api_key(
        self,
        api_key_id: str,
        expire_time: Union[str, date, timedelta, None] = ...,
        old_secret_expire_time: Union[str, date, timedelta, None] = ...,
        secret_file: Union[str, PathLike[str], SecretFile, None] = ...,
        ends_overlap: bool = ...,
    ) -> ApiKey: ...
    async def delete_api_key(self, api_key_id: str) -> bool: ...
    async def check_propagation_status(self, api_key_id: str) -> ApiKeyPropagation: ...
    async def wait_until_ready(self, api_key_id: str, wait: Union[float, timedelta] = ...) -> Readiness: ...
    async def verify_secret(
        self,
        api_key: str,
        api_key_id: str = ...,
        wait: Union[float, timedelta] = ...,
    ) -> SecretVerdict: ...
    async def get_api_key_info(self, api_key: str) -> InferenceApiKeyInfo: ...
    async def unfinished(self) -> List[Unfinished]: ...
    async def deliver_unfinished(
        self,
        unfinished_id: str,
        secret_file: Union[str, PathLike[str], SecretFile],
    ) -> None: ...
    async def rotate_unfinished(
        self,
        unfinished_id: str,
        secret_file: Union[str, PathLike[str], SecretFile],
        api_key_id: str = ...,
        expire_time: Union[str, date, timedelta, None] = ...,
        old_secret_expire_time: Union[str, date, timedelta, None] = ...,
    ) -> ApiKey: ...
    async def delete_unfinished(self, unfinished_id: str, api_key_id: str = ...) -> None: ...
    async def forget_unfinished(self, unfinished_id: str) -> None: ...
    async def validate_management_key(self) -> ManagementKey: ...
    async def list_available_models(self) -> ListTeamModelsResponse: ...
    async def list_available_endpoints(self) -> ListPossibleEndpointAclsResponse: ...
    async def get_available_regions(self) -> Dict[str, List[str]]: ...
    async def check_grants(
        self,
        models: Optional[Sequence[str]] = ...,
        endpoints: Optional[Sequence[str]] = ...,
    ) -> List[str]: ...
    async def balance(self) -> Balance: ...
    async def usage(
        self,
        since: Union[str, date, timedelta, None] = ...,
        until: Union[str, date, None] = ...,
        timezone: str = ...,
        every: UsageUnit = ...,
        by: UsageGrouping = ...,
        filters: Sequence[str] = ...,
    ) -> UsageReport: ...
    async def get_prepaid_balance(self) -> PrepaidBalance: ...
    async def preview_postpaid_invoice(self) -> PreviewPostpaidInvoiceResponse: ...
    async def list_invoices(
        self,
        billing_cycle: Union[str, date, None] = ...,
        since: Union[str, date, None] = ...,
        invoice_ids: Sequence[str] = ...,
    ) -> ListInvoicesResponse: ...
    async def get_spending_limits(self) -> GetSpendingLimitsResponse: ...
    async def list_payment_methods(self) -> ListPaymentMethodsResponse: ...
    async def get_billing_info(self) -> GetBillingInfoResponse: ...
    async def analyze_usage(
        self,
        start_time: Union[str, date],
        end_time: Union[str, date],
        timezone: str = ...,
        time_unit: str = ...,
        values: Sequence[Tuple[str, str]] = ...,
        group_by: Sequence[str] = ...,
        filters: Sequence[str] = ...,
    ) -> AnalyzeUsageResponse: ...
    async def list_audit_events(
        self,
        page_size: Optional[int] = ...,
        page_token: str = ...,
        user_id: str = ...,
        query: str = ...,
        event_id: str = ...,
        event_time_from: Union[str, date, None] = ...,
        event_time_to: Union[str, date, None] = ...,
        order_by: str = ...,
    ) -> ListAuditEventsResponse: ...
    def all_audit_events(
        self,
        user_id: str = ...,
        query: str = ...,
        event_id: str = ...,
        event_time_from: Union[str, date, None] = ...,
        event_time_to: Union[str, date, None] = ...,
        order_by: str = ...,
    ) -> AsyncIterator[AuditEvent]: ...
    async def __aenter__(self) -> AsyncXAIManagement: ...
    async def __aexit__(self, *_: object) -> None: ...

class XAIManagementError(Exception):
    message: str
    code: str
    http_status: int | None
    outcome: str
    request_id: str | None
    next: str | None
    reason: str | None
    retry_after: int | None
    def __init__(
        self,
        message: str,
        code: str = ...,
        http_status: int | None = ...,
        outcome: str = ...,
        request_id: str | None = ...,
        next: str | None = ...,
        reason: str | None = ...,
        retry_after: int | None = ...,
    ) -> None: ...

class CancelledError(XAIManagementError): ...

class UnknownError(XAIManagementError): ...

class InvalidArgumentError(XAIManagementError): ...

class DeadlineExceededError(XAIManagementError): ...

class NotFoundError(XAIManagementError): ...

class AlreadyExistsError(XAIManagementError): ...

class PermissionDeniedError(XAIManagementError): ...

class ResourceExhaustedError(XAIManagementError): ...

class FailedPreconditionError(XAIManagementError): ...

class AbortedError(XAIManagementError): ...

class OutOfRangeError(XAIManagementError): ...

class UnimplementedError(XAIManagementError): ...

class InternalError(XAIManagementError): ...

class UnavailableError(XAIManagementError): ...

class DataLossError(XAIManagementError): ...

class UnauthenticatedError(XAIManagementError): ...

class MalformedResponseError(XAIManagementError): ...

class XAIManagementWarning(UserWarning): ...

class XAIRegion(str, Enum):
    US_EAST_1 = 'us-east-1'
    US_WEST_2 = 'us-west-2'
    EU_WEST_1 = 'eu-west-1'
    AP_SOUTHEAST_1 = 'ap-southeast-1'
    AUTO = 'api'

def get_region_choices() -> List[str]: ...

class SecretFile:
    path: Union[str, PathLike[str]]
    replaces: bool
    variable: str
    def __init__(self, path: Union[str, PathLike[str]], replaces: bool = ..., variable: str = ...) -> None: ...
