"""The order form as a PDF."""

from reportlab.platypus import Flowable

from console.documents import base, letter, pages
from console.domain import formats
from console.domain.order_form import OrderForm
from console.texts import _


def render(form: OrderForm, data: str, logo: bytes = b"") -> bytes:
    """Return the form's PDF.

    Args:
        form: the finished data, in the language in use.
        data: the same as JSON; goes into the file.
        logo: the operator's picture, or nothing.
    """
    title = _("Order form {number}").format(number=form.number)
    paper = pages.Paper(
        title=title,
        language=form.language,
        number=letter.numbered(form.document, form.revision),
        client=form.client,
        period=formats.day(form.ordered_on),
        operator=form.operator,
        issued_at=form.issued_at,
        data=data,
    )
    story = [*_head(form, title, logo), *_lines(form), *_sums(form)]
    signed = letter.signed(story, paper.number, form.ordered_by, form.manager, form.signatures)
    return pages.build(paper, signed)


def _head(form: OrderForm, title: str, logo: bytes) -> list[Flowable]:
    return [
        *letter.masthead(form, title, form.client, logo),
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
                (_("Account manager"), letter.manager(form)),
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
    return [base.table(header, rows, widths, right=(0, 3, 4, 5, 6))]


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
    sums = base.table(header, rows, (0.3, 0.2, 0.2, 0.2), right=(1, 2, 3), strong=(len(rows) - 1,))
    return [base.gap(14), sums, base.gap(), *base.prose(form.note)]
