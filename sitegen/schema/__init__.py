"""Field tables of the built-in collections and of site.yaml, the validator over YAML nodes, JSON Schema for editors."""
