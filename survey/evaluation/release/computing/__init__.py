"""From counted answers to what may be published of them."""
