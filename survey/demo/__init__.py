"""The fictional region Veenrand: simulated from a seed and a day, loaded, shown, deleted again."""
