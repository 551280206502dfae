"""Reading a strategy into the installation: file → document (pure) → rows in one transaction."""
