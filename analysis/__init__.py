"""Numbers and figures: DataFrame in, table or Figure out. No Flask, no SQL, no clock, no files."""
