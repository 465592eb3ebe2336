"""Where the hours went, task by task: optional, after a reflection is handed in."""
