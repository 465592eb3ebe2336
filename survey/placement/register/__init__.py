"""The register of a school year: filtered, sorted, in pages, with its totals, gaps and timeline."""
