"""How wide the bands of growth are: from the programme's own pairs of rounds, once there are enough."""
