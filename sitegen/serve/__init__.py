"""Preview: build, watch, rebuild, reload; problems show in the browser too. livereload lives in this room alone."""

from sitegen.serve.preview import serve

__all__ = ["serve"]
