"""Who is asked for the evaluation, by mail or by a card to hand out."""
