"""
What a stream signs in with. Each start finds it in a file that only this user may read, which goes as soon as it is
read; from then on it is in the memory of the driver and the tasks alone.
"""

import json

from .faults import JobFault

FILE = "access.json"

_LOGIN = {
    "plain": ("PLAIN", "org.apache.kafka.common.security.plain.PlainLoginModule"),
    "scram-sha-256": ("SCRAM-SHA-256", "org.apache.kafka.common.security.scram.ScramLoginModule"),
    "scram-sha-512": ("SCRAM-SHA-512", "org.apache.kafka.common.security.scram.ScramLoginModule"),
}

# What Spark must not tell of its options: in its log, its plans and its web pages. Its own pattern for options is `url`.
HIDDEN_OPTIONS = r"(?i)url|jaas|keystore|truststore|secret|password|token"


def take_access(files, folder):
    """Reads what this start signs in with, and removes it."""
    path = "%s/%s" % (folder, FILE)
    try:
        content = files.read(path)
    except Exception as error:
        raise JobFault(
            "stream.access",
            "The job may not read what it was to sign in with: it must run as the user who started it (%s)."
            % type(error).__name__,
        ) from None
    if content is None:
        raise JobFault("stream.access", "What the job was to sign in with is not there: start it again.")
    files.remove(path)
    return json.loads(content.decode("utf-8"))


def _quoted(text):
    """As a value of JAAS, whose quoted texts know the escapes of C and end with their line."""
    for character, escape in (("\\", "\\\\"), ('"', '\\"'), ("\n", "\\n"), ("\r", "\\r")):
        text = text.replace(character, escape)
    return '"%s"' % text


def _tls_options(tls):
    options = {}
    if "ca" in tls:
        options.update({"ssl.truststore.type": "PEM", "ssl.truststore.certificates": tls["ca"]})
    if "certificate" in tls:
        options.update({"ssl.keystore.type": "PEM", "ssl.keystore.certificate.chain": tls["certificate"]})
        options["ssl.keystore.key"] = tls["key"]
    return options


def kafka_options(access):
    """Options of Spark's source and sink by which they sign in."""
    tls, sasl = access.get("tls"), access.get("sasl")
    encrypted = "SSL" if tls is not None else "PLAINTEXT"
    options = {"security.protocol": encrypted if sasl is None else "SASL_%s" % encrypted}
    if tls is not None:
        options.update(_tls_options(tls))
    if sasl is not None:
        mechanism, module = _LOGIN[sasl["mechanism"]]
        login = (module, _quoted(sasl["user"]), _quoted(sasl["password"]))
        options.update({"sasl.mechanism": mechanism, "sasl.jaas.config": "%s required username=%s password=%s;" % login})
    return {"kafka.%s" % name: value for name, value in options.items()}
