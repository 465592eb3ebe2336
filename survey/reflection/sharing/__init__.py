"""Sharing own growth with own trainers: switched on and off by the coach, gone at once when off."""
