"""People of the programme: who they are, their roles, who joins and who leaves."""
