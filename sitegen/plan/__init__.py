"""Routes, template contexts and the list of jobs: what will be rendered, where, and from what."""
