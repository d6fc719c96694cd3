"""No traces: after a long journey no planted secret lies anywhere in clear."""

import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PASSPHRASE = "tajná věta Zlatohlávek"
NAME, NUMBER, PUK, SUBJECT = "Zdislava Přeukrutná", "777314159", "27182818", "Výpadek Xylofon"
JOURNEY = """
import logging, os, sys
from pathlib import Path
from console import logs, workspace
from console.domain.client import Client
from console.domain.contact import Contact
from console.domain.sim import Sim
from console.errors import KnownError
from console.services import backups, clients, keys, recovery, restore, search, verify
name, number, puk, subject = sys.argv[2:6]
passphrase = sys.stdin.readline().strip()
folder = Path(sys.argv[1])
logs.start()
made = workspace.create(folder, passphrase, name)
clients.add_client(made, Client(name=name, ico="00259586", note=subject))
client = clients.client_by_ico(made, "00259586")
with made.store.unit("add"):
    made.store.insert(Contact(client_id=client.id, name=name, mobile=number))
    made.store.insert(Sim(client_id=client.id, iccid="8942" + number, puk=puk))
recovery_key = keys.draw_recovery_key(made)
keys.keep_recovery_key(made, recovery_key)
search.find(made, name)
kept = backups.by_hand(made)
backups.make(made, "hourly")
for wrong in (passphrase + "x", name):
    try:
        workspace.unlock(folder, wrong)
    except KnownError:
        logging.getLogger("journey").info("refused")
keys.change_data_key(made, passphrase)
key = made.data_key
made.close()
database = folder / "klientela.db"
content = bytearray(database.read_bytes())
content[len(content) // 2] ^= 1
database.write_bytes(content)
recovery.recover(folder, key)
restore.restore(kept.path, folder.parent / "again", restore.unlock(kept.path, passphrase))
opened = workspace.open_workspace(folder, key)
verify.verify(opened)
print(recovery_key.text, key.hex(), flush=True)
sys.stdin.readline()
"""


WINDOW = """
import os, sys
from pathlib import Path
os.environ["QT_QPA_PLATFORM"] = "offscreen"
from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from console import settings, texts, workspace
from console.domain.client import Client
from console.domain.contact import Contact
from console.domain.sim import Sim
from console.services import backups, bundles, clients, documents, keys, restore
from console.services.requests import Draft, log_request
from datetime import date
from ui import app
name, number, puk, subject = sys.argv[2:6]
passphrase = sys.stdin.readline().strip()
folder = Path(sys.argv[1])
settings.change(language="en", workspace=str(folder))
application, window = app.open_window(["klientela"])
window.first_painted.connect(app._watch)
while not window.centralWidget():
    application.processEvents()
def settle():
    for _turn in range(20):
        application.processEvents()
        window.tasks.wait()
        QTest.qWait(2)
settle()
page = window.unlock_page
page._name.setText(name)
page._passphrase.setText(passphrase)
page._again.setText(passphrase)
page._act()
settle()
from ui.dialogs.recovery_key import RecoveryKeyDialog
(dialog,) = window.findChildren(RecoveryKeyDialog)
groups = dialog.shown_groups
for at, field in dialog._typed:
    field.setText(groups[at - 1])
dialog.submit()
settle()
from ui.dialogs.client import ClientDialog
dialog = ClientDialog(window.desk, window)
dialog.open()
settle()
from PySide6.QtWidgets import QLineEdit
for field in dialog.findChildren(QLineEdit):
    if field.accessibleName() == "Name":
        field.setText(name)
    if field.accessibleName() == "IČO":
        field.setText("00259586")
dialog.submit()
settle()
found = []
def work(opened):
    client = clients.all_clients(opened)[0]
    with opened.store.unit("add"):
        opened.store.insert(Contact(client_id=client.id, name=name, mobile=number))
        opened.store.insert(Sim(client_id=client.id, iccid="8942" + number, puk=puk))
    log_request(opened, Draft(client_id=client.id, subject=subject, numbers=(number,)))
    documents.issue_status_report(opened, client, date(2026, 9, 1))
    bundles.make(opened, client, folder.parent / "bundle", passphrase)
    return backups.by_hand(opened)
window.tasks.query(work, found.append)
settle()
window._bench.fill()
settle()
for each in window.pages:
    window.show_page(each)
    settle()
window.desk.client_requested.emit(window.pages["clients"].view.model.record(0).id)
settle()
window.show_page("documents")
window.pages["documents"].view.table.selectRow(0)
settle()
from PySide6.QtPrintSupport import QPrinter
from tests.services import certificates
from ui.dialogs.seal import SealDialog
from ui.dialogs.verification import VerificationDialog
from ui.widgets.document_panel import DocumentPanel
desk_of_papers = window.pages["documents"].findChild(DocumentPanel)
outside = folder.parent.parent / "outside"
outside.mkdir()
certificate = certificates.make(outside, secret=passphrase)
(outside / f"{name}.p12").write_bytes(certificate.read_bytes())
def seal(path, secret):
    desk_of_papers._open_seal()
    (dialog,) = desk_of_papers.findChildren(SealDialog)
    dialog.certificate.setText(str(path))
    dialog.passphrase.setText(secret)
    dialog.submit()
    settle()
    for left in desk_of_papers.findChildren(SealDialog):
        left.reject()
    settle()
for path in (outside / f"{name}.pfx", outside / f"{name}.p12", outside):
    seal(path, passphrase + "x")
assert not desk_of_papers._view.seals
seal(certificate, passphrase)
assert desk_of_papers._view.seals
for content in (desk_of_papers._view.content, name.encode()):
    (outside / f"{name}.pdf").write_bytes(content)
    verification = VerificationDialog(window.desk, window)
    verification.verify(outside / f"{name}.pdf")
    settle()
    verification.reject()
printer = QPrinter()
printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
printer.setOutputFileName(str(outside / "printed.pdf"))
desk_of_papers.print_on(printer)
settle()
from ui.dialogs.palette import Palette
palette = Palette(window.desk, [], window)
palette.open()
palette.field.setText(name)
settle()
palette.done(0)
QApplication.clipboard().setText(puk)
def crash():
    raise RuntimeError(name + puk)
QTimer.singleShot(0, crash)
settle()
window.lock()
settle()
page._passphrase.setText(passphrase + "x")
page._act()
settle()
page._passphrase.setText(passphrase)
page._act()
settle()
assert window._is_open
window.tasks.query(lambda w: restore.in_place(w, found[0].path, w.data_key), found.append)
settle()
window.desk.workspace_replaced.emit()
settle()
window.tasks.query(lambda w: w.data_key, found.append)
settle()
print("-".join(groups), found[-1].hex(), flush=True)
sys.stdin.readline()
window.close()
"""


def _spellings(secret: str) -> list[bytes]:
    return [secret.encode(), secret.encode("utf-16-le"), secret.encode("ascii", "replace")]


@pytest.mark.parametrize("journey", [JOURNEY, WINDOW], ids=["services", "window"])
def test_no_secret_lies_in_clear(tmp_path: Path, journey: str) -> None:
    home = tmp_path / "home"
    temporary = tmp_path / "tmp"
    temporary.mkdir()
    environment = {
        **os.environ,
        "HOME": str(home),
        "TMPDIR": str(temporary),
        **{f"XDG_{name}_HOME": str(home / name) for name in ("CONFIG", "DATA", "STATE", "CACHE")},
    }
    arguments = [str(home / "workspace"), NAME, NUMBER, PUK, SUBJECT]
    printed = tmp_path / "printed"
    with printed.open("wb") as log:
        child = subprocess.Popen(
            [sys.executable, "-c", journey, *arguments],
            cwd=ROOT,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
        )
    assert child.stdin is not None
    assert child.stdout is not None
    child.stdin.write(PASSPHRASE + "\n")
    child.stdin.flush()
    told = child.stdout.readline().split()
    assert len(told) == 2, printed.read_text()
    recovery_key, data_key = told
    secrets = [NAME, NUMBER, PUK, SUBJECT, PASSPHRASE, recovery_key, data_key]
    needles = {s: [*_spellings(s), *_spellings(s.replace("-", ""))] for s in secrets}
    needles[data_key].append(bytes.fromhex(data_key))
    opened = [f for f in Path(f"/proc/{child.pid}/fd").iterdir() if f.is_file()]
    assert opened
    files = [*home.rglob("*"), *temporary.rglob("*"), *opened, printed]
    read = 0
    for file in files:
        if file.is_file():
            content = file.read_bytes()
            read += len(content)
            found = [s for s, ways in needles.items() if any(way in content for way in ways)]
            assert found == [], file
    assert read > 1_000_000
    child.communicate("\n", timeout=60)
    assert child.returncode == 0
    if journey is WINDOW:
        assert "RuntimeError" in printed.read_text()


def test_program_dumps_no_core() -> None:
    script = "import sys, resource; sys.argv = ['x', '--help']; import main; main.main();"
    script += "print(resource.getrlimit(resource.RLIMIT_CORE)[0])"
    ended = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert ended.stdout.splitlines()[-1] == "0"
    assert resource.RLIMIT_CORE
