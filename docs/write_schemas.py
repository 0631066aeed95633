"""Write docs/schemas.md from the field tables."""

from pathlib import Path

from sitegen.schema.reference import reference

if __name__ == "__main__":
    Path(__file__).with_name("schemas.md").write_text(reference(), encoding="utf-8")
