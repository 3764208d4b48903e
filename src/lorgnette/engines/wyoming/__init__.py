"""Wyoming, the protocol of speech engines at home (github.com/OHF-Voice/wyoming): client and server."""
