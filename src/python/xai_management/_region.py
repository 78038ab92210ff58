"""Where API keys are used."""

from enum import Enum


class XAIRegion(str, Enum):
    """Some inference clusters. The team's own list is ``XAIManagement.get_available_regions()``."""

    __module__ = "xai_management"

    US_EAST_1 = "us-east-1"
    US_WEST_2 = "us-west-2"
    EU_WEST_1 = "eu-west-1"
    AP_SOUTHEAST_1 = "ap-southeast-1"
    AUTO = "api"


def get_region_choices():
    # type: () -> List[str]
    """The values of XAIRegion. Other names may be given as a region too."""
    return [region.value for region in XAIRegion]
