"""What ends a stream from outside, told by the class of the error: Spark's own words may hold cell values."""

import traceback

# What stands somewhere in the chain of errors; the code; the words.
_KNOWN = (
    (
        ("OffsetOutOfRangeException", "may have been lost", "KafkaIllegalStateException", "MISSING_DATA"),
        "stream.data-loss",
        "The brokers have removed messages that were not read, or the topic was made anew: these cannot be counted. "
        "Start a new stream.",
    ),
    (
        ("RecordTooLargeException", "MessageSizeTooLarge"),
        "stream.too-large",
        "A message is larger than its topic takes: raise max.message.bytes of the cleaned topic and the quarantine.",
    ),
    (
        ("SaslAuthenticationException", "UnsupportedSaslMechanismException", "IllegalSaslStateException"),
        "stream.sign-in",
        "The brokers did not accept the sign-in: check user, password and mechanism in the connection to Kafka.",
    ),
    (
        ("SslAuthenticationException", "SSLHandshakeException", "Failed to load SSL keystore", "Invalid PEM"),
        "stream.tls",
        "The brokers and the job do not trust each other's certificates, or the client's key cannot be read: check the "
        "authority, the client certificate and its key in the connection to Kafka.",
    ),
    (
        ("UnknownTopicOrPartitionException", "not present in metadata"),
        "stream.topic",
        "A topic is not there: the one that is read, the cleaned one or the quarantine.",
    ),
    (
        ("TopicAuthorizationException", "ClusterAuthorizationException"),
        "stream.permission",
        "The brokers do not let the job read or write one of its topics.",
    ),
    (
        ("org.apache.kafka.common.errors.TimeoutException", "No resolvable bootstrap urls", "TimeoutException: Timed out"),
        "stream.brokers",
        "The brokers could not be reached from the cluster.",
    ),
    (
        ("Concurrent update to the log", "Multiple streaming queries are concurrently using"),
        "stream.superseded",
        "A later start of this stream has taken over.",
    ),
)


def lost_its_metrics(error):
    """
    Whether a query ended over its own figures: Spark 4.1 looks, after the batch that a restart does again, for offsets
    that it has not asked for yet. Started once more, it has them.
    """
    return "KafkaMicroBatchStream$.metrics" in "%s %s" % (error, getattr(error, "_stackTrace", ""))


def failure_of(error):
    """(code, message) of an error that is no JobFault."""
    text = str(error)
    for signs, code, message in _KNOWN:
        if any(sign in text for sign in signs):
            return code, message
    where = traceback.extract_tb(error.__traceback__)[-1]
    condition = getattr(error, "getCondition", None) or getattr(error, "getErrorClass", lambda: None)
    name = condition() or type(error).__name__
    return "job.failed", "The job failed with %s at %s:%d." % (name, where.name, where.lineno)
