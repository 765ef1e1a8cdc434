"""
How files of text are unpacked: by Hadoop, which goes by their names, or in plain Python. Without its native library
Hadoop does not know zstd; what ORC brings along for it does, on every node that has Spark.
"""

from .faults import JobFault

_ZSTD_CODEC = "io.airlift.compress.zstd.ZstdCodec"
# What that codec can look back.
_LARGEST_WINDOW = 8 * 1024 * 1024
_ZSTD_MAGIC = b"\x28\xb5\x2f\xfd"
_FRAME_HEAD = 18
# Those that Hadoop takes as they are.
_IN_PYTHON = ("snappy-framed",)


def check_compression(job_files, files, source):
    """What the names of files say of their compression decides how Hadoop reads them: it must be what the plan says."""
    wanted = source.get("compression", "none")
    if wanted == "zstd" and not job_files.use_codec(_ZSTD_CODEC):
        raise JobFault(
            "input.compression", "This cluster's Spark cannot read zstd: it lacks the class %s." % _ZSTD_CODEC
        )
    by_name = "none" if wanted in _IN_PYTHON else wanted
    for path, _ in files if "compression" in source else []:
        told = job_files.compression(path)
        if told != by_name:
            raise JobFault(
                "input.compression",
                "The plan was made for files of compression “%s”, but the name of one tells “%s”." % (wanted, told),
                {"file": path},
            )
        if wanted == "zstd" and _look_back(job_files.read_start(path, _FRAME_HEAD, packed=True)) > _LARGEST_WINDOW:
            raise JobFault(
                "input.compression",
                "The compression of an input file looks back further than 8 MB, which the cluster cannot.",
                {"file": path},
            )


def _look_back(start):
    """Bytes that a frame of zstd may look back, as its header says; 0 where that is not complete."""
    if len(start) < _FRAME_HEAD or not start.startswith(_ZSTD_MAGIC):
        return 0
    descriptor = start[4]
    single = bool(descriptor & 32)
    at = 5 if single else 6
    window = None if single else (1 << 10 + (start[5] >> 3)) // 8 * (8 + (start[5] & 7))
    at += (0, 1, 2, 4)[descriptor & 3]
    size = (1 if single else 0, 2, 4, 8)[descriptor >> 6]
    content = int.from_bytes(start[at : at + size], "little") + (256 if size == 2 else 0) if size else None
    return min(one for one in (window, content) if one is not None)
