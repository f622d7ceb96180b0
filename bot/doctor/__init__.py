"""Looking at the whole installation: what is wrong, and how to mend it. Nothing is changed by looking."""
