"""
Secret keys, which no plan holds: from the cluster's credential provider. Spark in local mode, on which rules are
verified, takes them from its environment.
"""

import hashlib
import hmac
import os

from .faults import JobFault

LEAST_BYTES = 16
PREFIX = "dataharmonize.key."

# Keys by name, as bytes; in the memory of the driver, and of the workers that need them.
KEYS = {}


def digest(key, text):
    """HMAC-SHA-256 of a text's UTF-8 bytes, in hexadecimal digits."""
    return hmac.new(key, text.encode("utf-8"), hashlib.sha256).hexdigest()


def check_of(key):
    """What proves which key is meant: the same as keyCheck() of shared/lookup/key.ts."""
    return digest(key, "dataharmonize/key-check")[:8]


def key_of(name):
    """The bytes of a key that load_keys() has found."""
    try:
        return KEYS[name]
    except KeyError:
        raise JobFault("key.missing", "The key “%s” was not loaded." % name) from None


def _from_provider(spark, alias):
    """The credential of an alias, or None. A clear text in the configuration does not count."""
    configuration = spark.sparkContext._jsc.hadoopConfiguration()
    factory = spark.sparkContext._jvm.org.apache.hadoop.security.alias.CredentialProviderFactory
    for provider in factory.getProviders(configuration):
        entry = provider.getCredentialEntry(alias)
        if entry is not None:
            return spark.sparkContext._jvm.java.lang.String(entry.getCredential()).encode("utf-8")
    return None


def _find(spark, name):
    if spark.sparkContext.master.startswith("local"):
        given = os.environ.get("DATAHARMONIZE_KEY_%s" % name.upper().replace("-", "_"))
        if given is not None:
            return given.encode("utf-8")
    return _from_provider(spark, PREFIX + name)


def _keyed_options(plan):
    stages = plan["stages"] + [stage for one in plan.get("examples", []) for stage in one["stages"]]
    return [stage["options"] for stage in stages if stage["kind"] == "lookup" and stage["lookup"] == "hmac"]


def load_keys(spark, plan):
    """Finds every key of a plan, before anything is written; each must be the one that the plan was made with."""
    checks = {}
    for options in _keyed_options(plan):
        checks.setdefault(options["key"], set()).update([options["check"]] if options.get("check") else [])
    for name, wanted in checks.items():
        alias = PREFIX + name
        key = _find(spark, name)
        if not key:
            raise JobFault(
                "key.missing",
                "The key “%s” is not in the cluster's credential provider: put it there under the alias %s, and name "
                "the provider in hadoop.security.credential.provider.path." % (name, alias),
            )
        if len(key) < LEAST_BYTES:
            raise JobFault("key.short", "The key under the alias %s has fewer than %d bytes." % (alias, LEAST_BYTES))
        if wanted != {check_of(key)}:
            raise JobFault(
                "key.wrong", "The key under the alias %s is not the one that the plan was approved with." % alias
            )
        KEYS[name] = key
