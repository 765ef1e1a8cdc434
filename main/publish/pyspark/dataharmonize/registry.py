"""Schemas of a registry that speaks the Confluent API, fetched on the driver."""

import base64
import json
from urllib.error import HTTPError, URLError
from urllib.parse import quote
from urllib.request import HTTPRedirectHandler, Request, build_opener

from .faults import JobFault

TIMEOUT_SECONDS = 10
ATTEMPTS = 3


class _NoRedirect(HTTPRedirectHandler):
    """A redirect would carry the password along."""

    def redirect_request(self, *_):
        return None


class Registry:
    """`access`: user and password, or None where it asks for none."""

    def __init__(self, url, access=None):
        self._url = url.rstrip("/")
        self._headers = {"Accept": "application/vnd.schemaregistry.v1+json, application/json"}
        if access is not None:
            both = ("%s:%s" % (access["user"], access["password"])).encode("utf-8")
            self._headers["Authorization"] = "Basic %s" % base64.b64encode(both).decode("ascii")
        self._opener = build_opener(_NoRedirect)

    def _get(self, path):
        """The answer as JSON, or None where there is no such thing."""
        for _ in range(ATTEMPTS):
            try:
                request = Request(self._url + path, headers=self._headers)
                with self._opener.open(request, timeout=TIMEOUT_SECONDS) as answer:
                    return json.loads(answer.read().decode("utf-8"))
            except HTTPError as error:
                if error.code == 404:
                    return None
                if error.code in (401, 403):
                    raise JobFault(
                        "registry.sign-in",
                        "The schema registry did not accept the sign-in (status %d): check its user and password in "
                        "the connection." % error.code,
                    ) from None
                words = "answered %d" % error.code
            except (URLError, OSError, ValueError) as error:
                words = "could not be asked (%s)" % type(error).__name__
        raise JobFault("registry.unreachable", "The schema registry %s, %d times in a row." % (words, ATTEMPTS))

    def _references(self, told, known):
        """Texts of the schemas that one names, each after those that it names itself."""
        texts = []
        for one in told.get("references") or []:
            key = (one["subject"], one["version"])
            if key in known:
                continue
            known.add(key)
            named = self._get("/subjects/%s/versions/%s" % (quote(one["subject"], safe=""), one["version"]))
            if named is not None:
                texts += self._references(named, known) + [named["schema"]]
        return texts

    def schema(self, number):
        """The schema of an id as {type, schema, references}, or None where the registry does not know it."""
        told = self._get("/schemas/ids/%d" % number)
        if told is None:
            return None
        # Avro is the type that is not told.
        return {
            "type": told.get("schemaType") or "AVRO",
            "schema": told["schema"],
            "references": self._references(told, set()),
        }
