"""A short mark of what stands: another one where anything of it changed."""

import hashlib
import json


def fingerprint(*told: object) -> str:
    """The mark of these values. A form sends it along, so that an act knows what was seen.

    Values are text, numbers and lists of them, in an order that means something or sorted.
    """
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()[:16]
