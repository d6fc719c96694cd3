"""The look: design tokens, light and dark, as a palette and a style sheet."""

from dataclasses import asdict, dataclass
from string import Template
from typing import Final

from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

import resources

LIGHT: Final = "light"
DARK: Final = "dark"
_FONTS: Final = ("SourceSans3-Regular.ttf", "SourceSans3-Bold.ttf", "SourceSans3-It.ttf")
_POINTS: Final = 10.5
_HALF_LIGHT: Final = 128


@dataclass(frozen=True, slots=True)
class Tokens:
    """Colours of a theme; badges by tone as text and ground."""

    window: str
    surface: str
    raised: str
    stripe: str
    line: str
    text: str
    muted: str
    accent: str
    accent_text: str
    accent_hover: str
    selection: str
    sidebar: str
    sidebar_text: str
    danger: str
    danger_ground: str
    warning: str
    warning_ground: str
    info: str
    info_ground: str
    good: str
    good_ground: str
    neutral: str
    neutral_ground: str


TOKENS: Final = {
    LIGHT: Tokens(
        window="#f4f6f9",
        surface="#ffffff",
        raised="#ffffff",
        stripe="#f9fafc",
        line="#dfe4ec",
        text="#1b2333",
        muted="#5b6475",
        accent="#2563eb",
        accent_text="#ffffff",
        accent_hover="#1d4fd0",
        selection="#e4ebfd",
        sidebar="#1f2a44",
        sidebar_text="#d6dceb",
        danger="#b3201b",
        danger_ground="#fde2e0",
        warning="#85500a",
        warning_ground="#fdeec7",
        info="#1c4fa8",
        info_ground="#d8e7fd",
        good="#1a6b3c",
        good_ground="#d9f2e2",
        neutral="#4a5365",
        neutral_ground="#e8ebf1",
    ),
    DARK: Tokens(
        window="#14181f",
        surface="#1c212a",
        raised="#1f2530",
        stripe="#20262f",
        line="#323a47",
        text="#e8ebf2",
        muted="#a3adbd",
        accent="#5b8cff",
        accent_text="#0c1220",
        accent_hover="#7aa2ff",
        selection="#243357",
        sidebar="#10141a",
        sidebar_text="#c3cbd9",
        danger="#ffd9d6",
        danger_ground="#8e1f1a",
        warning="#ffe7bd",
        warning_ground="#7a4206",
        info="#d9e6ff",
        info_ground="#1d4a9e",
        good="#d3f5e0",
        good_ground="#175c35",
        neutral="#dde2eb",
        neutral_ground="#3c4554",
    ),
}


class Theme:
    """The theme in use; pages ask it for colours when they paint."""

    def __init__(self) -> None:
        self.use(LIGHT)

    def use(self, name: str) -> None:
        """Take the tokens of a theme."""
        self.name = name
        self.tokens = TOKENS[name]
        self._colors: dict[str, QColor] = {}

    def color(self, name: str) -> QColor:
        """Return a token's colour, made once."""
        made = self._colors.get(name)
        if made is None:
            made = self._colors[name] = QColor(getattr(self.tokens, name))
        return made


current: Final = Theme()


def system_theme() -> str:
    """Return the theme that the system asks for: dark where its own windows are."""
    ground = QGuiApplication.palette().color(QPalette.ColorRole.Window)
    return DARK if ground.lightness() < _HALF_LIGHT else LIGHT


def use_font() -> None:
    """Make the vendored font the program's, so that it looks the same everywhere."""
    family = ""
    for file in _FONTS:
        number = QFontDatabase.addApplicationFont(str(resources.path(f"fonts/{file}")))
        families = QFontDatabase.applicationFontFamilies(number)
        family = family or (families[0] if families else "")
    font = QFont(family)
    font.setPointSizeF(_POINTS)
    QApplication.setFont(font)


def apply(application: QApplication, name: str) -> None:
    """Put a theme on: palette first, then the style sheet filled from its tokens."""
    apply_palette(application, name)
    values = asdict(current.tokens)
    icons = resources.path("icons").as_posix()
    sheet = Template(resources.text("themes/klientela.qss"))
    application.setStyleSheet(sheet.substitute(values, icons=icons))


def apply_palette(application: QApplication, name: str) -> None:
    """Put the colours of a theme on, which is all that an empty frame needs."""
    current.use(name)
    application.setPalette(_palette(current.tokens))


def _palette(tokens: Tokens) -> QPalette:
    palette = QPalette()
    role = QPalette.ColorRole
    for target, name in (
        (role.Window, "window"),
        (role.WindowText, "text"),
        (role.Base, "surface"),
        (role.AlternateBase, "stripe"),
        (role.Text, "text"),
        (role.Button, "raised"),
        (role.ButtonText, "text"),
        (role.ToolTipBase, "raised"),
        (role.ToolTipText, "text"),
        (role.PlaceholderText, "muted"),
        (role.Highlight, "accent"),
        (role.HighlightedText, "accent_text"),
        (role.Link, "accent"),
    ):
        palette.setColor(target, QColor(getattr(tokens, name)))
    disabled = QPalette.ColorGroup.Disabled
    for target in (role.Text, role.WindowText, role.ButtonText):
        palette.setColor(disabled, target, QColor(tokens.muted))
    return palette
