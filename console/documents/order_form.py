"""The order form as a PDF."""

from reportlab.platypus import Flowable, KeepTogether, Table, TableStyle

from console.documents import base
from console.domain import formats
from console.domain.order_form import OrderForm
from console.texts import _


def render(form: OrderForm, data: str) -> bytes:
    """Return the form's PDF.

    Args:
        form: the finished data, in the language in use.
        data: the same as JSON, for the fingerprint.
    """
    title = _("Order form {number}").format(number=form.number)
    footer = base.Footer(
        _("{number}, revision {revision}").format(number=form.document, revision=form.revision),
        form.client,
        formats.day(form.ordered_on),
        base.fingerprint(data),
    )
    story = [*_head(form, title), *_lines(form), *_sums(form), *_signatures(form)]
    return base.build(title, form.language, footer, story)


def _head(form: OrderForm, title: str) -> list[Flowable]:
    manager = " · ".join(
        part for part in (form.manager, form.manager_phone, form.manager_email) if part
    )
    return [
        base.paragraph(title, base.styles().title),
        base.paragraph(form.client, base.styles().strong),
        base.gap(),
        base.facts(
            [
                (_("IČO"), form.ico),
                (_("DIČ"), form.dic),
                (_("Seat"), form.seat),
                (_("Delivered to"), form.delivery_address),
                (_("Ordered by"), form.ordered_by),
                (_("Authority"), form.authority),
                (_("Ordered on"), formats.day(form.ordered_on)),
                (_("Operator"), form.operator),
                (_("Account manager"), manager),
            ]
        ),
        base.gap(10),
    ]


def _lines(form: OrderForm) -> list[Flowable]:
    rows = [
        (
            line.position,
            line.item + (f" – {line.note}" if line.note else ""),
            line.number,
            formats.whole(line.quantity),
            formats.money(line.unit_price),
            formats.percent(line.vat_rate),
            formats.money(line.net),
        )
        for line in form.lines
    ]
    header = ["", _("Item"), _("Number"), _("Pieces"), _("Price"), _("VAT"), _("Without VAT")]
    widths = (0.05, 0.35, 0.15, 0.09, 0.14, 0.08, 0.14)
    return base.table(header, rows, widths, right=(0, 3, 4, 5, 6), wrap=(1,))


def _sums(form: OrderForm) -> list[Flowable]:
    rows: list[tuple[object, ...]] = [
        (
            _("VAT {rate}").format(rate=formats.percent(vat.rate)),
            formats.money(vat.net),
            formats.money(vat.vat),
            formats.money(vat.gross),
        )
        for vat in form.vat
    ]
    total_vat = form.gross - form.net
    rows.append(
        (
            _("Total"),
            formats.money(form.net),
            formats.money(total_vat),
            formats.money(form.gross),
        )
    )
    header = ["", _("Without VAT"), _("VAT"), _("With VAT")]
    sums = base.table(header, rows, (0.3, 0.2, 0.2, 0.2), right=(1, 2, 3))
    return [base.gap(14), *sums, base.gap(), *base.prose(form.note)]


def _signatures(form: OrderForm) -> list[Flowable]:
    """Return the two boxes, which stay together on one page."""
    style = base.styles().small
    boxes = Table(
        [
            [
                base.paragraph(_("For the client: name, date, signature"), style),
                "",
                base.paragraph(_("For the operator: name, date, signature"), style),
            ],
            ["", "", ""],
            [
                base.paragraph(form.ordered_by, base.styles().cell),
                "",
                base.paragraph(form.manager, base.styles().cell),
            ],
        ],
        colWidths=[base.WIDTH * 0.47, base.WIDTH * 0.06, base.WIDTH * 0.47],
        rowHeights=[None, 52, None],
        style=TableStyle(
            [
                ("FONTNAME", (0, 0), (-1, -1), base.REGULAR),
                ("BOX", (0, 0), (0, 2), 0.6, base.LINE),
                ("BOX", (2, 0), (2, 2), 0.6, base.LINE),
                ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ]
        ),
        hAlign="LEFT",
    )
    return [KeepTogether([base.gap(24), boxes])]
