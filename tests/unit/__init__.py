"""The rules, without application and database."""
