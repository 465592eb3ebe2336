"""The research export: reflections of coaches who let research use them; no name, no word of theirs."""
