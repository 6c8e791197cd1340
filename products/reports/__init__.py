"""Questions over several tables: frozen dataclasses out, no HTML, no writing."""
