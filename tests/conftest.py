"""Fixtures: a profile of its own for every test, and a real encrypted workspace."""

import gc
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from console import texts, workspace
from console.domain.client import Client
from console.services import clients
from console.workspace import Workspace
from ui.garbage import collect_due

PASSPHRASE = "správná kobyla baterie"
SAMPLES = Path(__file__).parent / "samples"


@pytest.fixture(autouse=True)
def _own_profile(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep tests away from the person's own settings, logs and keyring."""
    home = tmp_path_factory.mktemp("home")
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"):
        monkeypatch.setenv(name, str(home / name.lower()))
    monkeypatch.setenv("LANG", "C.UTF-8")
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
    texts.use_language("en")


@pytest.fixture(autouse=True)
def _collects_by_itself() -> Iterator[None]:
    """Collect what is due where a window, which does that on its own thread, is gone."""
    yield
    if not gc.isenabled():
        collect_due()


@pytest.fixture(scope="session")
def _template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty workspace, made once; making one costs an Argon2id run."""
    folder = tmp_path_factory.mktemp("template") / "workspace"
    workspace.create(folder, PASSPHRASE, "Jana Nováková").close()
    return folder


@pytest.fixture
def folder(_template: Path, tmp_path: Path) -> Path:
    """The folder of an empty workspace that the test may spoil."""
    target = tmp_path / "workspace"
    shutil.copytree(_template, target)
    return target


@pytest.fixture(scope="session")
def data_key(_template: Path) -> bytes:
    """The key of the empty workspace, unlocked once."""
    return workspace.unlock(_template, PASSPHRASE)


@pytest.fixture
def opened(folder: Path, data_key: bytes) -> Iterator[Workspace]:
    """An open, empty workspace."""
    made = workspace.open_workspace(folder, data_key, "Jana Nováková")
    yield made
    made.close()


@pytest.fixture
def client(opened: Workspace) -> Client:
    """A client in the open workspace."""
    clients.add_client(opened, Client(name="Městský úřad Lípová", ico="00259586"))
    return clients.client_by_ico(opened, "00259586")
