"""What school, parents, coach and partners agree at the start, sign, and look back on."""
