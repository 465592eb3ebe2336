"""Vandaag: the first page after signing in, with for each role what waits for them."""
