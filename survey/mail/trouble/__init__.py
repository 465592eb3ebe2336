"""Mail that did not leave: who sees that, and how it is tried again."""
