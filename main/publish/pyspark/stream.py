"""Runs an approved plan on a topic, batch after batch. See dataharmonize/stream_run.py; the rules are in the plan."""

import sys

from dataharmonize.stream_run import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
