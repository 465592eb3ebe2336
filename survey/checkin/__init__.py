"""Check-ins: links and QR codes, the page a respondent answers on, and what was answered."""
