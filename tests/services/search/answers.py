"""SearXNG's answers in the shape of its format json."""

from typing import Any


def results(
    *pages: tuple[str, str, str], answers: list[Any] | None = None, boxes: Any = ()
) -> dict[str, Any]:
    """(address, title, content) each."""
    return {
        "query": "lighthouse",
        "number_of_results": 0,
        "results": [
            {
                "url": url,
                "title": title,
                "content": content,
                "thumbnail": "",
                "engine": "wikipedia",
                "template": "default.html",
                "parsed_url": ["https", "example.org", "/", "", "", ""],
                "engines": ["wikipedia", "duckduckgo"],
                "positions": [1, 2],
                "publishedDate": None,
                "score": 3.5,
                "category": "general",
            }
            for url, title, content in pages
        ],
        "answers": answers or [],
        "corrections": [],
        "infoboxes": list(boxes),
        "suggestions": ["lighthouse of alexandria"],
        "unresponsive_engines": [["brave", "Suspended: too many requests"]],
    }


LIGHTHOUSES = results(
    (
        "https://en.wikipedia.org/wiki/Jeddah_Light",
        "Jeddah Light - Wikipedia",
        "Jeddah Light is an <b>active lighthouse</b> in Jeddah, 133 metres tall. None is taller.",
    ),
    ("https://www.example.org/a", "Ten tall lighthouses", "A list of ten."),
    ("https://lights.example/b", "Lights of the world", "All of them."),
    ("https://lights.example/c", "A fourth", "More."),
)
