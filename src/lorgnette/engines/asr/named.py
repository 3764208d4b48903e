"""Languages that the folders of published models have in their names."""

import re

_CODE = re.compile(
    "ar|bn|ca|cs|da|de|el|en|eo|es|fa|fi|fr|gu|hi|hu|id|it|ja|kk|ko|nl|no|pl|pt|ro|ru|sv|ta|te|th|tr|uk|uz|vi"
    "|yue|zh"
)
_SPELT = {"cantonese": "yue", "cn": "zh", "kz": "kk", "ua": "uk"}
"""How some names say it."""


def named_languages(name: str) -> tuple[str, ...]:
    """Primary subtags: zh, en of "sherpa-onnx-streaming-zipformer-bilingual-zh-en-2023-02-20"."""
    parts = (_SPELT.get(part, part) for part in re.split(r"[-_.]", name.lower()))
    return tuple(dict.fromkeys(part for part in parts if _CODE.fullmatch(part)))
