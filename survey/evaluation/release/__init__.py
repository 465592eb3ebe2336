"""What may be published of an anonymous form: released once, frozen, read by whom it concerns."""
