"""Translation: the segmenter and its inverse, catalogues and their merge, script variants, extraction."""
