"""Reading PDFs back with poppler: text, fonts, pages."""

import re
import subprocess
import unicodedata


def _run(*command: str, content: bytes) -> str:
    ended = subprocess.run(command, input=content, capture_output=True, check=True, timeout=60)
    assert ended.stderr == b""
    return ended.stdout.decode()


def pages(content: bytes, layout: bool = True) -> list[str]:
    """Return the text of each page."""
    option = "-layout" if layout else "-raw"
    found = _run("pdftotext", option, "-enc", "UTF-8", "-", "-", content=content).split("\f")
    return found[:-1]


def spoken(content: bytes) -> str:
    """Return the tree of meaning with its texts, in the order in which it is read aloud."""
    return _run("pdfinfo", "-struct-text", "-", content=content)


def boxes(content: bytes) -> list[tuple[float, float, float, float]]:
    """Return the places of all words, points: left, top, right, bottom."""
    found = _run("pdftotext", "-bbox", "-", "-", content=content)
    pattern = r'<word xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)"'
    return [tuple(map(float, place)) for place in re.findall(pattern, found)]  # type: ignore[misc]


def words(content: bytes) -> str:
    """Return the whole text with single spaces."""
    return tidy(" ".join(pages(content, layout=False)))


def tidy(text: str) -> str:
    """Return a text with single spaces, in the composed form."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def squeezed(text: str) -> str:
    """Return a text without any space, as it can be found across broken lines."""
    return "".join(text.split())


def fonts(content: bytes) -> list[dict[str, str]]:
    """Return the fonts: name, and whether each is embedded, a subset, and maps to Unicode."""
    rows = _run("pdffonts", "-", content=content).splitlines()[2:]
    found = []
    for row in rows:
        name, rest = row.split(maxsplit=1)
        emb, sub, uni = rest.split()[-5:-2]
        found.append({"name": name, "emb": emb, "sub": sub, "uni": uni})
    return found


def info(content: bytes) -> dict[str, str]:
    """Return what ``pdfinfo`` says: title, pages, size of the page."""
    rows = _run("pdfinfo", "-", content=content).splitlines()
    return {name.strip(): value.strip() for name, _, value in (row.partition(":") for row in rows)}
