"""Mirrors survey/ and analysis/; browser/ walks journeys, bench/ measures the budgets."""
