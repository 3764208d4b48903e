"""`python -m lorgnette.cli`: the same as the program `lorgnette`."""

from lorgnette.cli.main import main

if __name__ == "__main__":
    main()
