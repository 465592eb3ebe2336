"""Meetings of coaches: workshops, intervision, training; who was there, and what people bring along."""
