"""What keeps a message from being read."""


class Unreadable(Exception):
    """`fault` is a name of shared/messages/faults.ts."""

    def __init__(self, fault):
        super().__init__(fault)
        self.fault = fault


def text_of(data):
    """Text of UTF-8 bytes."""
    try:
        return str(data, "utf-8")
    except UnicodeDecodeError:
        raise Unreadable("utf8") from None
