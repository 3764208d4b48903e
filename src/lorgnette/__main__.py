"""`python -m lorgnette`."""

from lorgnette.cli import main

main()
