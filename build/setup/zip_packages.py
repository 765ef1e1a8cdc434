"""Zips Python packages for --py-files so that the same sources give the same bytes."""

import pathlib
import sys
import zipfile

# Data of phonenumbers that no rule reads: places, carriers and time zones of numbers.
LEFT_OUT = {"geodata", "carrierdata", "tzdata", "__pycache__"}


def zip_package(package, target):
    package = pathlib.Path(package)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in sorted(package.rglob("*")):
            inside = file.relative_to(package.parent)
            if file.suffix not in (".py", ".txt") or LEFT_OUT.intersection(inside.parts):
                continue
            entry = zipfile.ZipInfo(inside.as_posix(), (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, file.read_bytes())


if __name__ == "__main__":
    zip_package(sys.argv[1], sys.argv[2])
