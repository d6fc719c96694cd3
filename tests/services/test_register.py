"""The register as it stood: a report issued late says the same as one issued in time."""

from datetime import date
from typing import Any

from console.domain.client import Client
from console.domain.line import LineState
from console.services import lines, register, reports
from console.workspace import Workspace
from tests.services.steps import Clock, add_line


def test_october_issued_in_december_is_the_one_of_november(
    opened: Workspace, clock: Clock, client: Client
) -> None:
    line = add_line(opened, client, "799000001", tariff="Profi 100", cost_centre="10")
    gone = add_line(opened, client, "799000002", tariff="Profi 100", data_mb=1024)

    def october() -> Any:
        made = reports.status_report(opened, client, date(2026, 10, 1), "", 1)
        return made.tariffs, made.lines, made.costs

    first = october()
    changed: Any = lines.change_line(opened, line, date(2026, 11, 9), tariff="Profi 300").result
    lines.change_line(opened, changed, date(2026, 11, 20), tariff="M", cost_centre="20")
    lines.change_line(opened, gone, date(2026, 11, 5), state=LineState.CANCELLED, data_mb=None)
    add_line(opened, client, "799000003", tariff="Nový", activated_on=date(2026, 11, 2))
    clock.set("2026-12-10T10:00")
    assert october() == first
    then = register.lines_at(opened, client, date(2026, 11, 10))
    assert sorted(one.tariff for one in then) == ["Nový", "Profi 100", "Profi 300"]
