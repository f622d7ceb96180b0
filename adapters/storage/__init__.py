"""The store: SQLAlchemy Core behind the `Storage` port; SQLite now, written so that PostgreSQL can follow."""
