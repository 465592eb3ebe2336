"""The card someone keeps: a lasting address that opens whatever they are asked."""
