"""The protocol of devices handed over as a PDF."""

from reportlab.platypus import Flowable

from console.documents import base, letter, pages
from console.domain import formats
from console.domain.hand_over import HandOver
from console.texts import _


def render(protocol: HandOver, data: str, logo: bytes = b"") -> bytes:
    """Return the protocol's PDF.

    Args:
        protocol: the finished data, in the language in use.
        data: the same as JSON; goes into the file.
        logo: the operator's picture, or nothing.
    """
    title = _("Hand-over of devices")
    facts = [
        (_("Handed over on"), formats.day(protocol.handed_on)),
        (_("Place"), protocol.place),
        (_("Handed over by"), protocol.handed_by),
        (_("Taken over by"), protocol.taken_by),
    ]
    rows = [
        (
            place,
            device.model,
            device.imei,
            device.number,
            device.accessories,
            device.condition or _("new"),
            formats.day(device.warranty_until),
        )
        for place, device in enumerate(protocol.devices, 1)
    ]
    header = [
        _("No."),
        _("Device"),
        _("IMEI"),
        _("Number"),
        _("Accessories"),
        _("Condition"),
        _("Warranty"),
    ]
    widths = (0.06, 0.2, 0.18, 0.14, 0.16, 0.13, 0.13)
    story: list[Flowable] = [
        *letter.head(protocol, title, facts, logo),
        base.heading(_("Devices")),
        base.table(header, rows, widths),
        base.gap(),
        *base.prose(protocol.note),
    ]
    paper = letter.paper(protocol, title, formats.day(protocol.handed_on), data)
    return pages.build(
        paper,
        letter.signed(
            story, paper.number, protocol.taken_by, protocol.handed_by, protocol.signatures
        ),
    )
