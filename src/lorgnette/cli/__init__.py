"""The commands a person types."""


def main() -> None:
    """Run the program; Ctrl-C while it still loads ends it as quietly as later."""
    try:
        from lorgnette.cli.main import main as run
    except KeyboardInterrupt:
        raise SystemExit(130) from None
    run()


__all__ = ["main"]
