"""Languages, entries, collections and the site; how they are assembled from what was read."""
