"""How a case ends for its coach: closed with a look-back, or handed over to a successor."""
