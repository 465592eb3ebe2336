"""Cases: a random code at a school, the parents' agreement, and the people in it who are asked for checks."""
