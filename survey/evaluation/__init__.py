"""The yearly evaluation: windows, who is asked, answers nobody reads one by one, and named forms."""
