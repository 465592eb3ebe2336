"""The year-end advice of a school or the programme: drafted from facts, edited and signed by a person."""
