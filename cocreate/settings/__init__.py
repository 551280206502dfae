"""Settings: base is complete and read top to bottom; dev, test and production say what differs."""
