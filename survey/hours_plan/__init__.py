"""Plans "what if": how hours and coaches could be divided over schools in a next school year."""
