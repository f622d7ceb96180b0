"""The bot seen from outside: figures for monitoring, and whether it is well."""
