"""The program: settings, wiring and the `standfirst` command."""

__version__ = "0.1.0"
