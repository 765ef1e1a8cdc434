"""What job.py needs beside Spark: reading, stages, writing and the run's own files."""
