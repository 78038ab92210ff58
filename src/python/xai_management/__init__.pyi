from datetime import date, datetime
from enum import Enum
from typing import Any, Dict, List, Mapping, Optional, Sequence, Union

__all__ = ["XAIManagement", "XAIManagementError", "XAIRegion", "__version__", "get_region_choices"]

__version__: str

class XAIRegion(str, Enum):
    US_EAST_1 = "us-east-1"
    US_WEST_2 = "us-west-2"
    EU_WEST_1 = "eu-west-1"
    AP_SOUTHEAST_1 = "ap-southeast-1"
    AUTO = "api"

def get_region_choices() -> List[str]: ...

class XAIManagementError(Exception):
    message: str
    code: str
    http_status: Optional[int]
    outcome: str
    request_id: Optional[str]
    next: Optional[str]
    def __init__(
        self,
        message: str,
        code: str = ...,
        http_status: Optional[int] = ...,
        outcome: str = ...,
        request_id: Optional[str] = ...,
        next: Optional[str] = ...,
    ) -> None: ...

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
    def update_api_key(
        self, api_key_id: str, updates: Mapping[str, Any], fields: Sequence[str]
    ) -> Dict[str, Any]: ...
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
