"""HTTP: pages, pairing, the companion API, health."""
