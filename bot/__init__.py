"""The program: settings, wiring and the `standfirst` command."""
