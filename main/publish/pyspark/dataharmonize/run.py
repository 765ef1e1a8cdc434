"""One run: plan, claim, read, stages, counts, write, verify, report, and only then make the result visible."""

import argparse
import json
import sys
import traceback
from datetime import datetime, timezone

from pyspark.sql import SparkSession

from . import claim, columnar, csv_writing, stages, survey
from .examples import check_examples
from .faults import JobFault
from .files import Files
from .keys import load_keys
from .plan import apply_settings, check_libraries, load_plan
from .raw_records import KEPT
from .readings import READERS, read_input
from .report import finished_report, started_report
from .unreadable import quarantine_rows

# Folders of a run in which rows wait to be shown.
STAGED = ("output", "quarantine")


def arguments(argv):
    parser = argparse.ArgumentParser(prog="job.py", description="Runs an approved plan on Spark.")
    parser.add_argument("--plan", required=True, help="URI of the plan, as canonical JSON")
    parser.add_argument("--approved-hash", required=True, help="SHA-256 of the approved plan")
    parser.add_argument("--run-id", required=True)
    parser.add_argument("--root", required=True, help="folder that holds _runs")
    parser.add_argument("--input", required=True)
    parser.add_argument("--output", required=True, help="folder to make visible")
    parser.add_argument("--quarantine", help="folder to make visible; without it, it stays with the run")
    parser.add_argument("--report", help="where to put a copy of the run report")
    parser.add_argument("--input-format", choices=sorted(READERS), required=True)
    parser.add_argument("--output-format", choices=["csv", "parquet"], required=True)
    return parser.parse_args(argv)


def main(argv):
    """Exit code: 0 done, 1 the run failed, 2 the arguments are wrong."""
    options = arguments(argv)
    if not claim.RUN_ID.fullmatch(options.run_id):
        print(claim.RUN_ID_RULE, file=sys.stderr)
        return 2
    spark = SparkSession.builder.appName("dataharmonize %s" % options.run_id).getOrCreate()
    try:
        return Run(spark, options).carry_out()
    finally:
        spark.stop()


class Run:
    def __init__(self, spark, options):
        self.spark = spark
        self.options = options
        self.files = Files(spark)
        self.folder = "%s/_runs/%s" % (self.files.qualified(options.root).rstrip("/"), options.run_id)
        self.output = self.files.qualified(options.output)
        self.quarantine = self.files.qualified(options.quarantine) if options.quarantine else None
        self.report = started_report(spark, options)
        self.claimed = False

    def carry_out(self):
        try:
            self._prepare_and_run()
            return 0
        except JobFault as fault:
            return self._fail(fault.code, fault.message, fault.details)
        except Exception as error:  # Spark's own words may hold cell values: only its class of error is told.
            where = traceback.extract_tb(error.__traceback__)[-1]
            code = getattr(error, "getErrorClass", lambda: None)() or type(error).__name__
            return self._fail("job.failed", "The job failed with %s at %s:%d." % (code, where.name, where.lineno))

    def _fail(self, code, message, details=None):
        print("%s: %s" % (code, message), file=sys.stderr)
        self.report.update(status="failed", code=code, message=message, details=details or {})
        if self.claimed:
            self._write_report()
            self._remove_staged()
        return 1

    def _remove_staged(self):
        """Rows of a run that failed are of no use to anyone, and may be personal."""
        try:
            for name in STAGED:
                self.files.remove("%s/%s" % (self.folder, name))
        except Exception as error:
            print("what was staged could not be removed: %s" % type(error).__name__, file=sys.stderr)

    def _prepare_and_run(self):
        first = claim.claim(self.files, self.folder, self.spark.sparkContext.applicationId)
        if not first and self._done_before():
            return
        self.claimed = True
        for name in (*STAGED, "report.json"):
            self.files.remove("%s/%s" % (self.folder, name))
        content = self.files.read(self.options.plan)
        if content is None:
            raise JobFault("plan.not-found", "There is no plan at the stated path.")
        plan = load_plan(content, self.options.approved_hash)
        self.report["plan"]["name"] = plan["name"]
        self.report["libraries"] = check_libraries(plan)
        load_keys(self.spark, plan)
        apply_settings(self.spark, plan)
        check_examples(self.spark, plan)
        for target in filter(None, (self.output, self.quarantine)):
            claim.recover(self.files, target)
            claim.check_replaceable(self.files, target)
        self._clean(plan)

    def _done_before(self):
        """Whether an earlier attempt of this application finished: its report was the last thing it wrote."""
        report = self.files.read("%s/report.json" % self.folder)
        return report is not None and json.loads(report.decode("utf-8"))["status"] == "succeeded"

    def _clean(self, plan):
        before = self.files.stamps(self.options.input)
        frame, headers = read_input(self.spark, self.files, self.options, plan)
        self.report["input"]["bytes"] = sum(size for _, size, _ in before)
        if "survey" in plan:
            return self._survey(frame, plan, before)
        self._tell("cleaning")
        traced = stages.trace(frame, plan, keep=KEPT).persist()
        try:
            counted = stages.measure(traced, plan)
            finished_report(self.report, plan, counted)
            if counted["headers"] != headers:
                raise JobFault("input.changed", "The input changed while it was read.")
            broken = stages.broken_stops(plan, counted["measures"])
            if broken:
                raise JobFault(
                    "run.stopped", "A check that stops the run failed in more rows than it allows.", {"stops": broken}
                )
            expected = stages.broken_expectations(plan, self.report["counts"])
            if expected:
                raise JobFault("run.expectation", "%s." % "; ".join(expected))
            self._tell("writing", self.report["counts"]["read"])
            self._write(traced, plan, counted)
            if self.files.stamps(self.options.input) != before:
                raise JobFault("input.changed", "The input changed while it was read.")
        finally:
            # Stages keep frames of their own.
            self.spark.catalog.clearCache()
        self._show()

    def _survey(self, frame, plan, before):
        """Looks at all rows and leaves what was found in the run's folder; nothing is made visible."""
        asked = plan["survey"]
        self._tell("looking")
        kinds = {one[stages.KIND]: one["count"] for one in frame.groupBy(stages.KIND).count().collect()}
        rows = survey.rows_of(frame)
        schema = rows.schema
        found = {"rows": kinds.get(stages.ROW, 0), "unreadable": kinds.get(stages.UNREADABLE, 0)}
        if asked["kind"] == "shapes":
            found["columns"], examples = survey.shapes(rows, asked)
            kept = self.spark.createDataFrame(examples, schema).coalesce(1)
        else:
            kept, decided = survey.draw(rows, asked)
            kept = kept.coalesce(1)
            found.update(decided)
        found["kept"] = columnar.write_parquet(self.spark, kept, schema.names, "%s/output" % self.folder)
        self.spark.catalog.clearCache()
        if self.files.stamps(self.options.input) != before:
            raise JobFault("input.changed", "The input changed while it was read.")
        self.files.write_json("%s/survey.json" % self.folder, found)
        self.report["counts"] = {"read": found["rows"] + found["unreadable"], "kept": found["kept"]}
        self.report["unreadable"] = found["unreadable"]
        self.report["status"] = "succeeded"
        self._write_report()

    def _write(self, traced, plan, counted):
        counts = self.report["counts"]
        rows = [
            ("output", stages.kept_rows(traced, plan), [one["column"] for one in plan["output"]], counts["kept"]),
            (
                "quarantine",
                *quarantine_rows(traced, plan, counted["unreadable"]),
                counts["read"] + counts["added"] - counts["kept"],
            ),
        ]
        for name, frame, names, expected in rows:
            folder = "%s/%s" % (self.folder, name)
            found = (
                csv_writing.write_csv(self.spark, frame, names, folder, self.files)
                if self.options.output_format == "csv"
                else columnar.write_parquet(self.spark, frame, names, folder)
            )
            if found != expected:
                raise JobFault(
                    "output.rows", "The %s holds %d rows where %d were counted." % (name, found, expected)
                )
            self.files.write_json(
                "%s/%s" % (folder, claim.MARK), {"runId": self.options.run_id, "planHash": self.report["plan"]["hash"]}
            )
            self.report[name] = {
                "path": folder,
                "format": self.options.output_format,
                "rows": found,
                "bytes": sum(size for _, _, size in self.files.data_files(folder)),
            }

    def _show(self):
        targets = [("quarantine", self.quarantine), ("output", self.output)]
        targets = [(name, target) for name, target in targets if target is not None]
        for name, target in targets:
            self.report[name]["path"] = target
        # Whoever finds the job dead from here on learns what it had counted, and by the marks what stands.
        self.report.update(
            code="job.interrupted",
            message="The job ended while it put its result in place: look at the output and the quarantine.",
        )
        self._write_report()
        shown = []
        try:
            for name, target in targets:
                staged = "%s/%s" % (self.folder, name)
                aside = claim.show(self.files, staged, target, self.folder, name)
                shown.append((staged, target, aside))
                self.report[name]["replaced"] = aside
            for key in ("code", "message"):
                del self.report[key]
            self.report["status"] = "succeeded"
            self._write_report()
        except Exception:
            for staged, target, aside in reversed(shown):
                claim.hide(self.files, staged, target, aside)
            raise

    def _tell(self, phase, rows=None):
        """Says how far the run is, for whoever watches it."""
        self.files.write_json("%s/progress.json" % self.folder, {"phase": phase, "rows": rows})

    def _write_report(self):
        self.report["finished"] = datetime.now(timezone.utc).isoformat(timespec="milliseconds")
        self.files.write_json("%s/report.json" % self.folder, self.report)
        if self.options.report:
            self.files.write_json(self.files.qualified(self.options.report), self.report)
