"""Expected failures of a run."""


class JobFault(Exception):
    """A failure with a stable code. The message never holds cell values."""

    def __init__(self, code, message, details=None):
        super().__init__(message)
        self.code = code
        self.message = message
        self.details = details or {}
