#!/usr/bin/env python3
"""Makes an API key, its secret in a file; waits until the key is ready; reads the live credit.

    create_key.py NAME MODEL FILE

Settings: XAI_MANAGEMENT_KEY, and what else XAIManagement() reads.
"""

import sys
from datetime import timedelta

from xai_management import XAIManagement, XAIManagementError


def main(name: str, model: str, file: str) -> None:
    with XAIManagement() as client:
        grants = client.check_grants([model], ["chat"])
        key = client.create_api_key(name, grants, expires=timedelta(days=90), secret_file=file)
        ready = client.wait_until_ready(key["apiKeyId"])
        print(key["apiKeyId"], "is ready" if ready["isComplete"] else f"is not known yet in {ready['lagging']}")
        print("live credit in USD:", client.balance()["liveCredit"])


if len(sys.argv) != 4:
    sys.exit(__doc__)
try:
    main(*sys.argv[1:])
except XAIManagementError as error:
    sys.exit(f"create_key: {error}")
