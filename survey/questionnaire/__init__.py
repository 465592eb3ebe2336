"""Profile and questionnaires: files checked, frozen and turned into forms. Touches no database."""
