"""What a coach is asked to do: roles and tasks at a school in a school year."""
