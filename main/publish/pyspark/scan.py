"""Looks at messages of a topic, and writes none. See dataharmonize/topic_scan.py; what is looked for is in the plan."""

import sys

from dataharmonize.topic_scan import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
