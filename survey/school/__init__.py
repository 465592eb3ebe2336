"""Schools: where they are, how many pupils they have, and whether coaches work there."""
