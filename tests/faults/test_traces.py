"""No traces: after a long journey no planted secret lies anywhere in clear."""

import os
import resource
import subprocess
import sys
from pathlib import Path

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


def _spellings(secret: str) -> list[bytes]:
    return [secret.encode(), secret.encode("utf-16-le"), secret.encode("ascii", "replace")]


def test_no_secret_lies_in_clear(tmp_path: Path) -> None:
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
    child = subprocess.Popen(
        [sys.executable, "-c", JOURNEY, *arguments],
        cwd=ROOT,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert child.stdin is not None
    assert child.stdout is not None
    child.stdin.write(PASSPHRASE + "\n")
    child.stdin.flush()
    recovery_key, data_key = child.stdout.readline().split()
    secrets = [NAME, NUMBER, PUK, SUBJECT, PASSPHRASE, recovery_key, data_key]
    needles = {s: [*_spellings(s), *_spellings(s.replace("-", ""))] for s in secrets}
    needles[data_key].append(bytes.fromhex(data_key))
    files = [*home.rglob("*"), *temporary.rglob("*"), *Path(f"/proc/{child.pid}/fd").iterdir()]
    read = 0
    for file in files:
        if file.is_file():
            content = file.read_bytes()
            read += len(content)
            found = [s for s, ways in needles.items() if any(way in content for way in ways)]
            assert found == [], file
    assert read > 1_000_000
    child.communicate("\n")
    assert child.returncode == 0


def test_program_dumps_no_core() -> None:
    script = "import sys, resource; sys.argv = ['x', '--help']; import main; main.main();"
    script += "print(resource.getrlimit(resource.RLIMIT_CORE)[0])"
    ended = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert ended.stdout.splitlines()[-1] == "0"
    assert resource.RLIMIT_CORE
