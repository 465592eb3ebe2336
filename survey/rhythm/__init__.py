"""The rhythm of a school year: plans around the school holidays, rounds that open and close, the tick."""
