"""Where articles and libraries come from: files and folders, read into values of the core."""
