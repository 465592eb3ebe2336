"""Tables that go in and out as files: CSV and XLSX, read with care and written so that nothing runs."""
