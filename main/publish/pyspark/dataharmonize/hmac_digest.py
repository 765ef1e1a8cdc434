"""Digests under a secret key: the same answers as shared/lookup/hmac.ts."""

from .keys import digest, key_of


def answerer(options):
    """Answers a text. The key is taken now, on the driver, and goes to the workers with the function."""
    key = key_of(options["key"])
    return lambda text: (digest(key, text),)
