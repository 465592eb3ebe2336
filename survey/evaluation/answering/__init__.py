"""What whoever holds a link may do: answer once about each coach, say "not now", ask for no more mail."""
