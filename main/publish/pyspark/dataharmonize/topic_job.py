"""What every job on a topic does first and last: it claims its run, signs in, reads the plan, and leaves a report."""

import sys

from . import claim
from .faults import JobFault
from .files import Files
from .plan import load_plan
from .registry import Registry
from .report import started_report
from .stream_access import HIDDEN_OPTIONS, kafka_options, take_access
from .stream_faults import failure_of
from .stream_progress import now


def common_arguments(parser):
    """Arguments of every job on a topic."""
    parser.add_argument("--approved-hash", required=True, help="SHA-256 of the approved plan")
    parser.add_argument("--root", required=True, help="folder that holds _runs")
    parser.add_argument("--brokers", required=True)
    parser.add_argument("--topic", required=True)
    parser.add_argument("--registry", help="address of the schema registry, where messages need one")
    parser.add_argument("--signs-in", action="store_true", help="what it signs in with is in the folder of the plan")


class TopicJob:
    """
    `name`: of the folder in _runs with the plan and what the job signs in with; claim and report are in that of the
    run. Subclasses say what the job does: `_prepare`, `_run`.
    """

    def __init__(self, spark, options, name):
        self.spark = spark
        self.options = options
        self.files = Files(spark)
        self.runs = "%s/_runs" % self.files.qualified(options.root).rstrip("/")
        self.folder = "%s/%s" % (self.runs, name)
        self.attempt = "%s/%s" % (self.runs, options.run_id)
        options.input, options.input_format = options.topic, "messages"
        self.report = started_report(spark, options)

    def carry_out(self):
        claimed = False
        try:
            claim.claim(self.files, self.attempt, self.spark.sparkContext.applicationId)
            claimed = True
            self._open()
            self._prepare()
            self._run()
            self.report["status"] = "succeeded"
            return 0
        except JobFault as fault:
            return self._fail(fault.code, fault.message, fault.details)
        except Exception as error:  # Spark's own words may hold cell values: only its class of error is told.
            return self._fail(*failure_of(error))
        finally:
            if claimed:
                self._write_report()

    def _fail(self, code, message, details=None):
        print("%s: %s" % (code, message), file=sys.stderr)
        self.report.update(status="failed", code=code, message=message, details=details or {})
        return 1

    def _write_report(self):
        self.report["finished"] = now()
        self.files.write_json("%s/report.json" % self.attempt, self.report)

    def _open(self):
        """Signs in, and reads the plan: `kafka`, options that reach the brokers; `registry`, None without one."""
        options = self.options
        self.spark.conf.set("spark.sql.redaction.options.regex", HIDDEN_OPTIONS)
        access = take_access(self.files, self.folder) if options.signs_in else {}
        self.kafka = {"kafka.bootstrap.servers": options.brokers, **kafka_options(access)}
        self.registry = None if options.registry is None else Registry(options.registry, access.get("registry"))
        content = self.files.read("%s/plan.json" % self.folder)
        if content is None:
            raise JobFault("plan.not-found", "There is no plan in the job's folder.")
        self.plan = plan = load_plan(content, options.approved_hash)
        self.report["plan"]["name"] = plan["name"]
        if plan["source"]["format"] != "messages":
            raise JobFault("input.format", "The plan was made for %s input, not for messages." % plan["source"]["format"])
