"""
Runs scans of topics in one Spark with the settings of its argument: each line of stdin is `ID [arguments of scan.py]`, answered by `ID EXIT_CODE`. Portions
are small, so that there are many.
"""

import json
import sys
import threading

from pyspark.sql import SparkSession

from dataharmonize import topic_scan

topic_scan.FIRST_PORTION = topic_scan.MOST_OF_PORTION = 800
topic_scan.ANSWER_MS = 4000


def main():
    builder = SparkSession.builder.appName("scans")
    for name, value in json.loads(sys.argv[1]).items():
        builder = builder.config(name, value)
    spark = builder.getOrCreate()
    spark.sparkContext.setLogLevel("WARN")
    turn = threading.Lock()

    def scan(number, arguments):
        code = topic_scan.TopicScan(spark.newSession(), topic_scan.arguments(arguments)).carry_out()
        with turn:
            print("%s %d" % (number, code), flush=True)

    threads = []
    for line in sys.stdin:
        number, _, arguments = line.partition(" ")
        threads.append(threading.Thread(target=scan, args=(number, json.loads(arguments))))
        threads[-1].start()
    for one in threads:
        one.join()
    spark.stop()


if __name__ == "__main__":
    main()
