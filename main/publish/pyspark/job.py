"""Runs an approved plan on Spark. See dataharmonize/run.py; the rules are in the plan, not here."""

import sys

from dataharmonize.run import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
