"""The history of the tables, one for every engine."""
