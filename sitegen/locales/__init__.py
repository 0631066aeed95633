"""What Babel does not know: collation, the pinned table of plural forms, transliteration; and the formatting of
dates, numbers and money in one object per language."""
