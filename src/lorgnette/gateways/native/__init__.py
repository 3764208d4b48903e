"""The native protocol: one WebSocket, JSON events, binary media, resume."""
