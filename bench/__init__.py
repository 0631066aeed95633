"""Side by side: sitegen and its peers on one neutral workload. `python -m bench --help` says what can be asked."""
