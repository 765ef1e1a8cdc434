"""What a stream has counted, over all of its attempts. Counts, offsets and times only, never cell values."""

import json
from datetime import datetime, timezone

FORMAT = "dataharmonize/stream-progress"
VERSION = 1
MOST_RECENT = 60
# Each message is one of these: messages = read + tombstones, and read + added = kept + the three fates.
TOTALS = ("messages", "tombstones", "unreadable", "unknownFields", "read", "added", "kept", "filtered", "rejected", "merged")


def now():
    return datetime.now(timezone.utc).isoformat(timespec="milliseconds")


def _nothing():
    return {"counts": dict.fromkeys(TOTALS, 0), "measures": {}}


def _added(totals, one):
    measures = totals["measures"]
    return {
        "counts": {name: totals["counts"][name] + one["counts"][name] for name in TOTALS},
        "measures": {name: measures.get(name, 0) + count for name, count in one["measures"].items()},
    }


class Progress:
    """
    The progress file of a stream. A batch that is carried out again, after a job died before its batch was
    committed, is counted once: the totals before the last batch are kept beside those with it.
    """

    def __init__(self, files, path, stream_id, plan_hash, attempt):
        self._files = files
        self._path = path
        content = files.read(path)
        self._told = json.loads(content.decode("utf-8")) if content is not None else self._first(stream_id, plan_hash)
        self._told["attempt"] = attempt

    @staticmethod
    def _first(stream_id, plan_hash):
        return {
            "format": FORMAT,
            "version": VERSION,
            "streamId": stream_id,
            "planHash": plan_hash,
            "batch": -1,
            "totals": _nothing(),
            "before": _nothing(),
            "offsets": {},
            "latest": {},
            "lag": None,
            "recent": [],
        }

    @property
    def batch(self):
        """The last batch that was counted, -1 before the first."""
        return self._told["batch"]

    @property
    def totals(self):
        return self._told["totals"]

    def count(self, batch_id, counted, offsets, seconds):
        """Counts a batch that was written in full. `offsets`: where reading goes on, by partition."""
        told = self._told
        again = batch_id == told["batch"]
        before = told["before"] if again else told["totals"]
        recent = [one for one in told["recent"] if one["batch"] != batch_id][-MOST_RECENT + 1 :]
        last = {"batch": batch_id, "seconds": round(seconds, 3), "finished": now(), "counts": counted["counts"]}
        told.update(
            batch=batch_id,
            before=before,
            totals=_added(before, counted),
            offsets=offsets or told["offsets"],
            recent=recent + [last],
        )
        self.tell()

    def observe(self, latest):
        """The offset that the next message of each partition will get."""
        processed = self._told["offsets"]
        self._told["latest"] = latest
        self._told["lag"] = sum(max(0, end - processed.get(one, 0)) for one, end in latest.items())

    def tell(self):
        self._told["updated"] = now()
        self._files.replace_json(self._path, self._told)
