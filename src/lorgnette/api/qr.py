"""An address as a QR code's rows, for a page to draw."""


def rows(text: str) -> list[str]:
    """A row of 0 and 1 each, without the quiet zone; low error correction, since screens are clean."""
    import segno

    return ["".join("1" if dark else "0" for dark in row) for row in segno.make_qr(text, error="l").matrix]
