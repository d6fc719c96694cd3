"""Finished records come back from their JSON as they were."""

import json

import pytest

from console.domain.complaint_record import ComplaintRecord
from console.domain.hand_over import HandOver
from console.domain.order_form import OrderForm
from console.domain.status_report import StatusReport
from console.domain.written_confirmation import WrittenConfirmation
from console.services.frozen import from_json, to_json
from tests.documents import everything, records

RECORDS = [
    (StatusReport, records.report()),
    (OrderForm, records.form()),
    (WrittenConfirmation, everything.confirmation("cs")),
    (ComplaintRecord, everything.complaint("cs", True)),
    (ComplaintRecord, everything.complaint("cs", False)),
    (HandOver, everything.protocol("cs")),
]


@pytest.mark.parametrize(("kind", "record"), RECORDS)
def test_record_comes_back_as_it_was(kind: type, record: object) -> None:
    assert from_json(kind, to_json(record)) == record


def test_fields_of_another_version_are_passed_over_or_have_their_defaults() -> None:
    data = json.loads(to_json(records.form()))
    del data["brand"]
    data["of_tomorrow"] = 1
    assert from_json(OrderForm, json.dumps(data)) == records.form()
