"""Digests, the build cache and the process pool. This room knows nothing of sites."""
