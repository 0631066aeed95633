"""Disk → raw facts with positions: YAML, Markdown files, data, catalogues, themes."""
