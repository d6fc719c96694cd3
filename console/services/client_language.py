"""Documents speak the client's language, whatever language the window speaks."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from console import texts
from console.domain.client import Client
from console.domain.journal import Changes
from console.workspace import Workspace

About = TypeVar("About")
More = ParamSpec("More")


def speaking(client: Client) -> AbstractContextManager[None]:
    """Speak the client's language within a block; ours where the client has none."""
    return texts.speaking(client.language or texts.language())


def in_clients_language(
    issue: Callable[Concatenate[Workspace, About, More], Changes],
) -> Callable[Concatenate[Workspace, About, More], Changes]:
    """Let a function issue in the language of the client that its second argument belongs to."""

    @wraps(issue)
    def issuing(
        workspace: Workspace, about: About, /, *more: More.args, **options: More.kwargs
    ) -> Changes:
        with speaking(_client(workspace, about)):
            return issue(workspace, about, *more, **options)

    return issuing


def _client(workspace: Workspace, about: Any) -> Client:
    return about if isinstance(about, Client) else workspace.store.get(Client, about.client_id)
