"""Finds the records of a JSON document: the same as shared/reading/json-document.ts, which tells the rules."""

import re

_TOKEN = re.compile(rb'"[^"\\]*(?:\\.[^"\\]*)*(?:"|\\?\Z)|[\[\]{},:]|[^ \t\n\r"\[\]{},:]+', re.S)
# Keys are compared before bytes of one-byte encodings become text.
_KEYS = {"iso-8859-1": "latin-1", "windows-1252": "cp1252"}
_OPENS = {b"]": b"[", b"}": b"{"}


def document_records(content, records, encoding="utf-8"):
    """(bytes, fault) of each record; the fault is None where it is found as it should be."""
    path = [key.encode(_KEYS.get(encoding, "utf-8"), "replace") for key in records.split(".")] if records else []
    origin = 3 if encoding.startswith("utf-") and content.startswith(b"\xef\xbb\xbf") else 0
    return _Document(content, path, origin).records()


class _Broken(Exception):
    def __init__(self, at):
        super().__init__()
        self.at = at


class _Document:
    def __init__(self, content, path, origin):
        self.content = content
        self.path = path
        self.origin = origin
        self.target = len(path) + 1
        self.open = []
        self.matched = 0
        self.key = None
        self.on_path = not path
        self.found = self.inside = self.after_comma = self.root = False
        self.start = self.last = -1

    def records(self):
        try:
            yield from self._walk()
        except _Broken as broken:
            at = self.start if self.inside and self.start >= 0 else broken.at
            yield self.content[at:], "document"
            return
        if not self.found:
            yield self.content[self.origin :], "path"

    def _walk(self):
        content = self.content
        for match in _TOKEN.finditer(content, self.origin):
            token, at, end = match.group(), match.start(), match.end()
            first = token[:1]
            if first == b'"':
                if not self.open:
                    self._root(at)
                self._leads_on(first)
                self._mark(at, end)
                if len(token) < 2 or not _closed(token):
                    raise _Broken(len(content))
                self.key = None if self.found or b"\\" in token else token[1:-1]
            elif first in b"[{":
                self._begin(first, at, end)
            elif first in b"]}":
                yield from self._close(first, at, end)
            elif first == b",":
                yield from self._comma(at, end)
            elif first == b":":
                self._colon(at, end)
            elif not self.open:
                raise _Broken(at)
            else:
                self._leads_on(first)
                self._mark(at, end)
        if self.open:
            raise _Broken(len(content))

    def _root(self, at):
        if self.root:
            raise _Broken(at)
        self.root = True

    def _mark(self, at, end):
        if self.inside:
            if self.start < 0:
                self.start = at
            self.last = end

    def _leads_on(self, first):
        if not self.on_path or self.found:
            return
        self.on_path = False
        if first == b"[" and self.matched == len(self.path):
            self.found = self.inside = True
        elif first != b"{" or self.matched == len(self.path):
            self.matched = -1

    def _begin(self, first, at, end):
        if not self.open:
            self._root(at)
        outside = not self.inside
        self._leads_on(first)
        if outside and self.inside:
            self.after_comma = False
        else:
            self._mark(at, end)
        self.open.append(first)

    def _finish(self, may_be_none):
        if self.start >= 0:
            yield self.content[self.start : self.last], None
        elif not may_be_none:
            yield b"", None
        self.start = self.last = -1

    def _close(self, first, at, end):
        if not self.open or self.open[-1] != _OPENS[first]:
            raise _Broken(at)
        if self.inside and len(self.open) == self.target:
            yield from self._finish(not self.after_comma)
            self.inside = False
        else:
            self._mark(at, end)
        self.open.pop()

    def _comma(self, at, end):
        if self.inside and len(self.open) == self.target:
            yield from self._finish(False)
            self.after_comma = True
        elif not self.open:
            raise _Broken(at)
        else:
            self._mark(at, end)
        self.key = None
        self.on_path = False

    def _colon(self, at, end):
        if not self.open:
            raise _Broken(at)
        self._mark(at, end)
        level = len(self.open) - 1
        here = not self.found and level == self.matched and self.open[level] == b"{"
        self.on_path = here and level < len(self.path) and self.key == self.path[level]
        if self.on_path:
            self.matched += 1
        self.key = None


def _closed(token):
    """Whether a string ends with a quote that no backslash stands before."""
    return token.endswith(b'"') and (len(token) - 1 - len(token[:-1].rstrip(b"\\"))) % 2 == 0
