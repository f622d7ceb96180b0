"""The long test of the promise that a digest arrives once and only once: `python -m tests.soak`, or `make soak KILLS=1000`."""
