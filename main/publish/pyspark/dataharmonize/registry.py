"""Schemas of a registry that speaks the Confluent API, fetched on the driver."""

import json
from urllib.error import HTTPError, URLError
from urllib.parse import quote
from urllib.request import Request, urlopen

from .faults import JobFault

TIMEOUT_SECONDS = 10
ATTEMPTS = 3


def _get(url):
    """The answer as JSON, or None where there is no such thing."""
    for attempt in range(ATTEMPTS):
        try:
            request = Request(url, headers={"Accept": "application/vnd.schemaregistry.v1+json, application/json"})
            with urlopen(request, timeout=TIMEOUT_SECONDS) as answer:
                return json.loads(answer.read().decode("utf-8"))
        except HTTPError as error:
            if error.code == 404:
                return None
            words = "answered %d" % error.code
        except (URLError, OSError, ValueError) as error:
            words = "could not be asked (%s)" % type(error).__name__
    raise JobFault("registry.unreachable", "The schema registry %s, %d times in a row." % (words, ATTEMPTS))


def _references(url, told, known):
    """Texts of the schemas that one names, each after those that it names itself."""
    texts = []
    for one in told.get("references") or []:
        key = (one["subject"], one["version"])
        if key in known:
            continue
        known.add(key)
        named = _get("%s/subjects/%s/versions/%s" % (url, quote(one["subject"], safe=""), one["version"]))
        if named is not None:
            texts += _references(url, named, known) + [named["schema"]]
    return texts


def fetch_schema(url, number):
    """The schema of an id as {type, schema, references}, or None where the registry does not know it."""
    url = url.rstrip("/")
    told = _get("%s/schemas/ids/%d" % (url, number))
    if told is None:
        return None
    # Avro is the type that is not told.
    return {
        "type": told.get("schemaType") or "AVRO",
        "schema": told["schema"],
        "references": _references(url, told, set()),
    }
