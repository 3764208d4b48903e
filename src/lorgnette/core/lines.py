"""Others' words as one line: names, titles and values that are printed, shown or said."""


def one_line(text: str) -> str:
    """Nothing invisible in it, blanks single."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())
