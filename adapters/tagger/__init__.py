"""Taggers that propose names, for installations that have one."""
