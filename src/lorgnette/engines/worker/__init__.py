"""What runs inside a worker process. It imports little, since every start of a worker waits for it."""
