"""The manual of all settings as Markdown, made from the schema so that it can't be wrong."""

import inspect

from lorgnette.config.schema import Schema, fields
from lorgnette.config.values import description, in_words, shown

HEAD = """# Settings
`lorgnette.toml` lies in `$XDG_CONFIG_HOME/lorgnette` (`~/.config/lorgnette`). A variable
`LORGNETTE_SECTION__KEY` beats the file, `--set section.key=value` beats both.
`lorgnette config show` says what holds and where it comes from."""


def docs(schema: Schema | None = None) -> str:
    """Every key with its type, default and meaning."""
    schema = schema or Schema.installed()
    parts = [HEAD]
    for name, kind in schema.sections.items():
        default = kind()
        parts.append(f"\n## [{name}]\n{inspect.getdoc(kind)}\n\n| key | value | default | meaning |")
        parts.append("| --- | --- | --- | --- |")
        for key, hint in fields(kind).items():
            value = shown(getattr(default, key))
            cells = (f"`{key}`", in_words(hint), f"`{value}`" if value else "empty", description(hint))
            parts.append("| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |")
    return "\n".join(parts) + "\n"
