"""The status report: everything it was given is on the paper, in both languages."""

import time
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from console import texts
from console.documents import status_report
from console.documents.pages import fingerprint
from console.domain.status_report import ClauseRow, KindRow, Miss, Promise, StateRow, TariffRow
from console.services import shipped
from tests.documents import pdf
from tests.documents.records import CLIENT, EMPTY, ISSUED, PANGRAM, change, point, report

HOSTILE = [
    "Firma <x>",
    "<b>",
    '<img src="file:///etc/passwd">',
    "x" * 200_000,
    "a\x00b\x1b[0m\u202egnp",
    "🔥 שלום 漢字",
    "& &amp; %s {n}",
]


def test_everything_in_it_is_on_the_paper() -> None:
    text = pdf.words(status_report.render(report(), "{}"))
    for said in (
        "Status report for October 2026",
        CLIENT,
        "00259586",
        "nám. Míru 1, 591 01 Žďár nad Sázavou",
        "O2 for the public sector",
        "Jana Nováková · +420 799 900 001 · jana@operator.example",
        "11 requests were open when the month began. 22 requests came in the month; "
        "30 were closed; 3 stay open.",
        "18 deadlines were kept; 2 were missed.",
        "Fault 11 22 0 30 3",
        "Total 11 22 0 30 3",
        "at most 24 hours 18 2 90 %",
        "2026-NV-0042 Výpadek signálu New",
        "9. 10. 2026 799 000 001 Řehoř Kříž Tariff Profi 100 → Profi Neomezeně",
        "Profi Neomezeně 1 234 399.00 Kč 492,366.00 Kč",
        "Numbers: active 1 234.",
    ):
        assert said in text


def test_overdue_point_is_told_in_words() -> None:
    text = pdf.words(status_report.render(report(), "{}"))
    assert text.count("(overdue)") == 1


def test_czech_report_is_czech() -> None:
    texts.use_language("cs")
    text = pdf.words(status_report.render(report(language="cs", client=PANGRAM), "{}"))
    assert PANGRAM in text
    assert "říjen 2026" in text.lower()
    assert "492 366,00 Kč" in text
    for english in ("Status report", "Requests", "Deadlines", "Page", "Fingerprint", "Total"):
        assert english not in text


@pytest.mark.parametrize("language", texts.LANGUAGES)
def test_empty_sections_say_so(language: str) -> None:
    texts.use_language(language)
    text = pdf.words(status_report.render(report(language=language, **EMPTY), "{}"))
    said = {
        "en": (
            "No requests in this month.",
            "In this month no deadline of the contract or the law was due or met.",
            "Nothing is open.",
            "No number changed.",
            "No numbers in care.",
            "0 requests came in the month",
        )
    }
    for sentence in said.get(language, tuple(map(texts.translate, said["en"][:5]))):
        assert sentence in text


def test_one_of_each_is_told_in_the_singular() -> None:
    kinds = (KindRow(kind="Fault", opening=1, received=1, closed=1, closing=1),)
    clauses = (ClauseRow(clause="x", met=1, missed=1),)
    text = pdf.words(status_report.render(report(kinds=kinds, clauses=clauses), "{}"))
    assert "1 request came in the month; 1 was closed; 1 stays open." in text
    assert "1 deadline was kept; 1 was missed." in text


def test_reopened_requests_are_told_and_the_line_adds_up() -> None:
    kinds = (KindRow(kind="Fault", opening=1, received=2, closed=2, reopened=3, closing=4),)
    text = pdf.words(status_report.render(report(kinds=kinds), "{}"))
    assert "2 requests came in the month; 3 were reopened; 2 were closed; 4 stay open." in text
    assert "Kind Open before Received Reopened Closed Open after" in text
    assert "Fault 1 2 3 2 4" in text


def first_page(**fields: Any) -> str:
    """Return the words of the page for the mayor."""
    content = status_report.render(report(**fields), "{}")
    return " ".join(pdf.pages(content)[0].split())


def test_what_is_overdue_from_before_stands_on_the_first_page() -> None:
    open_points = tuple(
        point(number=f"2026-NV-{n:04}", due=ISSUED - timedelta(days=n), is_overdue=True)
        for n in range(1, 33)
    )
    text = first_page(open_points=open_points, clauses=())
    assert "No deadline of the contract or the law was missed in this month." in text
    assert "32 requests were overdue and open at the month's end." in text
    assert "2026-NV-0032 Výpadek signálu: due " in text
    assert text.count("Výpadek signálu: due") == 6
    assert "26 more in the detail" in text
    assert "32 overdue requests are to be resolved first of all." in text
    assert "Nothing is promised." not in text


def test_first_page_is_one_page_however_much_happened() -> None:
    subject = "Výpadek signálu v suterénu radnice a na odloučeném pracovišti v Lípové" * 2
    late = tuple(
        point(number=f"2026-NV-{n:04}", subject=subject, is_overdue=True) for n in range(40)
    )
    full = {
        "kinds": tuple(
            KindRow(kind=f"Kind {n}", opening=1, received=5, closed=1, closing=5) for n in range(9)
        ),
        "clauses": tuple(ClauseRow(clause=f"{n} {subject}", met=5, missed=2) for n in range(9)),
        "misses": tuple(
            Miss(
                number=f"2026-NV-1{n:03}",
                subject=subject,
                clause="x",
                due=ISSUED,
                resolved=None,
                cause="waited for the operator",
            )
            for n in range(9)
        ),
        "promises": tuple(
            Promise(number=f"2026-NV-2{n:03}", subject=subject, what="resolution", due=ISSUED)
            for n in range(9)
        ),
    }
    first, second, *_others = pdf.pages(
        status_report.render(report(open_points=late, **full), "{}")
    )
    assert "What comes" in first
    assert first.count("more in the detail") == 3
    assert second.split()[:3] == ["Requests", "by", "kind"]


def test_miss_that_is_still_open_is_told_once() -> None:
    late = point(number="2026-NV-0043", is_overdue=True)
    miss = Miss(
        number="2026-NV-0043",
        subject="Výpadek",
        clause="x",
        due=ISSUED,
        resolved=None,
        cause="our delay",
    )
    text = first_page(open_points=(late,), misses=(miss,))
    assert "1 request was overdue and open at the month's end." in text
    assert text.count("2026-NV-0043") == 1


def test_month_without_overdue_requests_does_not_speak_of_them() -> None:
    assert "overdue" not in first_page(open_points=(point(),))


def test_same_record_is_the_same_bytes() -> None:
    assert status_report.render(report(), "{}") == status_report.render(report(), "{}")


def test_bytes_do_not_depend_on_the_day_of_printing(monkeypatch: pytest.MonkeyPatch) -> None:
    first = status_report.render(report(), "{}")
    monkeypatch.setattr(time, "time", lambda: 2_000_000_000.0)
    assert status_report.render(report(), "{}") == first


def test_foot_names_number_client_period_and_the_print_of_the_data() -> None:
    points = tuple(point(number=f"2026-NV-{n:04}") for n in range(120))
    data = '{"a": 1}'
    one = status_report.render(report(open_points=points, revision=3), data)
    other = status_report.render(report(open_points=points, revision=3), '{"a": 2}')
    pages = pdf.pages(one)
    assert len(pages) > 2
    for number, page in enumerate(pages, 1):
        foot = pdf.tidy(page)
        assert f"2026-NV-D0007, revision 3 · {CLIENT} · October 2026" in foot
        assert f"Page {number} of {len(pages)}" in foot
        assert f"Fingerprint {fingerprint(data)}" in foot
    assert f"Fingerprint {fingerprint(data)}" not in pdf.words(other)


def test_report_is_a4_with_its_title_and_embedded_fonts() -> None:
    content = status_report.render(report(), "{}")
    info = pdf.info(content)
    assert "(A4)" in info["Page size"]
    assert info["Title"] == "Status report for October 2026"
    assert {(f["emb"], f["uni"]) for f in pdf.fonts(content)} == {("yes", "yes")}


@pytest.mark.parametrize("hostile", HOSTILE, ids=lambda text: repr(text[:12]))
def test_hostile_text_anywhere_is_laid_out_as_text(hostile: str) -> None:
    content = status_report.render(
        report(
            client=hostile,
            seat=hostile,
            agreement=hostile,
            manager=hostile,
            operator=hostile,
            kinds=(KindRow(kind=hostile, opening=0, received=1, closed=0, closing=1),),
            states=(StateRow(state=hostile, count=1),),
            clauses=(ClauseRow(clause=hostile, met=1, missed=0),),
            open_points=(point(subject=hostile, state=hostile),),
            changes=(change(holder=hostile, before=hostile, after=hostile),),
            tariffs=(TariffRow(tariff=hostile, lines=1, fee=None, total=None),),
            lines=(StateRow(state=hostile, count=1),),
        ),
        "{}",
    )
    text = pdf.words(content)
    assert "Open points" in text
    assert "root:" not in text
    assert {f["emb"] for f in pdf.fonts(content)} == {"yes"}


def test_client_with_markup_in_its_name_is_printed_so() -> None:
    content = status_report.render(report(client='Firma <x> & <b>syn</b> "s.r.o."'), "{}")
    assert 'Firma <x> & <b>syn</b> "s.r.o."' in pdf.words(content)


def test_long_client_is_printed_whole_at_the_head() -> None:
    name = "Základní škola a mateřská škola Karla Klostermanna, příspěvková organizace města " * 3
    assert pdf.tidy(name) in pdf.words(status_report.render(report(client=name), "{}"))


def test_two_thousand_points_fill_many_pages_under_their_header() -> None:
    points = tuple(point(number=f"2026-NV-{n:04}", subject=f"Věc {n}") for n in range(2000))
    pages = pdf.pages(status_report.render(report(open_points=points), "{}"))
    with_points = [page for page in pages if "2026-NV-" in page.replace("2026-NV-D0007", "")]
    assert len(with_points) > 40
    for page in with_points:
        assert "Subject" in page
        assert "Received" in page
    text = " ".join(pages)
    assert [n for n in range(2000) if f"2026-NV-{n:04}" not in text] == []


def test_many_tariffs_have_a_chart_of_ten_and_a_table_of_all() -> None:
    tariffs = tuple(
        TariffRow(tariff=f"Tarif-{n}", lines=100 - n, fee=Decimal(n), total=Decimal(n))
        for n in range(1, 16)
    )
    text = pdf.words(status_report.render(report(tariffs=tariffs), "{}"))
    assert [text.count(f"Tarif-{n} ") for n in (1, 10, 11, 15)] == [2, 2, 1, 1]


def test_rules_of_the_shipped_agreements_stand_whole_beside_their_bars() -> None:
    known = {
        clause.reference.shown
        for key in shipped.shipped_keys()
        for clause in shipped.shipped(key).clauses
    }
    references = sorted(known)
    assert max(map(len, references)) > 45
    for shown in (references[place : place + 5] for place in range(0, len(references), 5)):
        clauses = tuple(
            ClauseRow(clause=one, met=3, missed=1, median_hours=1.0, percentile_90_hours=2.0)
            for one in shown
        )
        content = status_report.render(report(clauses=clauses), "{}")
        (first, *_others) = pdf.pages(content, layout=False)
        assert [one for one in shown if one not in pdf.tidy(first)] == []


def test_number_without_a_tariff_is_told() -> None:
    tariffs = (TariffRow(tariff="", lines=3, fee=None, total=None),)
    assert "without a tariff 3" in pdf.words(status_report.render(report(tariffs=tariffs), "{}"))


def test_large_sums_and_foreign_numbers_are_never_cut() -> None:
    tariffs = (
        TariffRow(
            tariff="Vše", lines=123_456, fee=Decimal("12345.60"), total=Decimal("1524138633.60")
        ),
    )
    content = status_report.render(
        report(tariffs=tariffs, changes=(change(number="+421 905 123 456"),)), "{}"
    )
    text = pdf.words(content)
    assert "1,524,138,633.60 Kč" in text
    assert "+421 905 123 456" in text


@pytest.mark.parametrize("language", texts.LANGUAGES)
def test_every_month_has_its_name(language: str) -> None:
    texts.use_language(language)
    titles = {
        pdf.info(status_report.render(report(language=language, month=date(2026, n, 1)), ""))[
            "Title"
        ]
        for n in range(1, 13)
    }
    assert len(titles) == 12
