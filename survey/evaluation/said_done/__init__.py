"""You said, we did: what changes after a release, in plain words, for those who were asked."""
