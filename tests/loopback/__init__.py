"""Platforms of our own on 127.0.0.1, each a process of its own, for tests of adapters."""
