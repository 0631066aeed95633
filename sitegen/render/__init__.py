"""Markdown to HTML, the Jinja environment, and one job to bytes."""
