"""Tables, queries and migrations on SQLAlchemy."""
