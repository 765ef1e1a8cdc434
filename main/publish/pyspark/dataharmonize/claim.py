"""The right to carry out a run, and how its result becomes visible."""

import json
import re

from .faults import JobFault

MARK = "_dataharmonize.json"
RUN_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,99}")
RUN_ID_RULE = "--run-id: letters, digits, _ . and - only, 100 at most"


def claim(files, folder, application_id):
    """
    Claims a run by creating its claim file. Answers True for the first claim, False where an earlier attempt of the
    same YARN application held it; a run that any other application claimed is refused.
    """
    path = "%s/claim.json" % folder
    mine = {"applicationId": application_id}
    if files.create_whole(path, json.dumps(mine).encode("utf-8")):
        return True
    holder = json.loads(files.read(path).decode("utf-8")).get("applicationId")
    if holder == application_id and application_id.startswith("application_"):
        return False
    raise JobFault(
        "run.claimed", "This run was already claimed by the application %s; start a new run." % holder
    )


def show(files, staged, target, run_folder, name):
    """
    Makes a staged result visible by one rename. Where a result of an earlier run stands, it is set aside first: for
    the moment between the two renames nothing stands at the target, and a recovery file beside it says what to put
    back. Returns where the earlier result is now, or None.
    """
    if files.rename(staged, target):
        return None
    check_replaceable(files, target)
    aside = "%s/replaced-%s" % (run_folder, name)
    note = recovery_file(target)
    files.write_json(note, {"target": target, "previous": aside, "next": staged})
    if not files.rename(target, aside):
        raise JobFault("output.replace", "The earlier result could not be set aside.")
    if not files.rename(staged, target):
        files.rename(aside, target)
        files.remove(note)
        raise JobFault("output.exists", "Something else was written to the target meanwhile.")
    files.remove(note)
    return aside


def hide(files, staged, target, aside):
    """Takes back what show() did."""
    files.rename(target, staged)
    if aside is not None:
        files.rename(aside, target)


def check_replaceable(files, target):
    """Refuses a target that no earlier run wrote."""
    if files.exists(target) and not files.exists("%s/%s" % (target, MARK)):
        raise JobFault("output.exists", "Something that no run wrote stands at the target; choose another path.")


def recovery_file(target):
    """Beside the target; its name begins with _ so that readers of the folder ignore it."""
    parent, _, last = target.rstrip("/").rpartition("/")
    return "%s/_%s.replacing.json" % (parent, last)


def recover(files, target):
    """Puts an earlier result back that a run set aside and, being killed, did not replace."""
    note = recovery_file(target)
    content = files.read(note)
    if content is None:
        return
    previous = json.loads(content.decode("utf-8"))["previous"]
    if not files.exists(target) and files.exists(previous):
        files.rename(previous, target)
    files.remove(note)
