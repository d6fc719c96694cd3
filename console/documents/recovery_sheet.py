"""The sheet with the recovery key as a PDF. Nothing of it is attached or stored."""

from console.documents import base, pages
from console.domain import formats
from console.domain.recovery_sheet import RecoverySheet
from console.texts import _


def render(sheet: RecoverySheet) -> bytes:
    """Return the sheet's PDF."""
    title = _("Recovery key")
    rows = [
        (
            f"{start + 1}–{min(start + 4, len(sheet.groups))}",
            "   ".join(sheet.groups[start : start + 4]),
        )
        for start in range(0, len(sheet.groups), 4)
    ]
    paper = pages.Paper(
        title=title,
        language=sheet.language,
        number=title,
        client=sheet.workspace,
        period=formats.moment(sheet.made_at),
        operator=sheet.manager,
        issued_at=sheet.made_at,
    )
    keep = _(
        "Whoever has this sheet can open the workspace. Keep it where you keep contracts, not "
        "beside the computer, and make no photograph of it."
    )
    use = _(
        "When the passphrase is forgotten, choose “Recovery key” and type the groups in their "
        "order. Letters may be small; dashes and spaces do not matter."
    )
    story = [
        base.title(title),
        base.facts(
            [
                (_("Workspace"), sheet.workspace),
                (_("Account manager"), sheet.manager),
                (_("Made on"), formats.moment(sheet.made_at)),
            ]
        ),
        base.heading(_("The key")),
        base.table([_("Groups"), _("Key")], rows, (0.2, 0.8), strong=range(len(rows)), heads=True),
        base.heading(_("How to use it")),
        base.points([use, keep]),
    ]
    return pages.build(paper, story)
