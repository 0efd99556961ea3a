"""``bekwaam serve``: the web server, and the worker beside it."""

from __future__ import annotations

import errno
import socket
from typing import Any

import click
from django.core.management import call_command
from django.db import connections
from gunicorn.app.base import BaseApplication

from bekwaam.cli.beside import worker_beside
from bekwaam.cli.runtime import prepare


class Server(BaseApplication):  # type: ignore[misc]
    """gunicorn with our settings: threads, for most of what we do is wait for the database."""

    def __init__(self, host: str, port: int, threads: int, workers: int) -> None:
        self.bind = f"{host}:{port}"
        self.threads = threads
        self.workers = workers
        super().__init__()

    def load_config(self) -> None:
        """Hand our options to gunicorn."""
        options: dict[str, Any] = {
            "bind": self.bind,
            "threads": self.threads,
            "workers": self.workers,
            "worker_class": "gthread",
            "timeout": 120,
            "loglevel": "warning",
            "control_socket_disable": True,
        }
        for name, value in options.items():
            if name in self.cfg.settings:
                self.cfg.set(name, value)

    def load(self) -> Any:
        """Return the WSGI application."""
        from bekwaam.config.wsgi import application  # noqa: PLC0415 - only in the worker process

        return application


def run(host: str, port: int, *, threads: int = 8, workers: int = 1, worker: bool = True) -> None:
    """Bring the database, static files and packs up to date, then serve until stopped.

    Beside it runs a process that does the work that waits, unless ``worker`` says not to.

    Raises click.ClickException when the port is taken.
    """
    if not port_is_free(host, port):
        raise click.ClickException(f"Port {port} is in use. Choose another with --port.")
    prepare()
    call_command("migrate", verbosity=0, interactive=False)
    call_command("collectstatic", verbosity=0, interactive=False)
    from bekwaam.services.frameworks.versions import publish_builtin  # noqa: PLC0415 - needs Django

    publish_builtin()
    _look_at_keys()
    connections.close_all()  # the server forks; it must open its own
    with worker_beside(worker):
        Server(host, port, threads, workers).run()


def _look_at_keys() -> None:
    """Say beforehand what would go wrong with signing; all else works without it.

    Raises click.ClickException for settings that can never do.
    """
    from django.core.exceptions import ImproperlyConfigured  # noqa: PLC0415 - needs Django

    from bekwaam.services.signing.safe import check_settings, opens  # noqa: PLC0415 - needs Django

    try:
        check_settings()
    except ImproperlyConfigured as error:
        raise click.ClickException(str(error)) from error
    if not opens():
        click.echo(
            "The keys do not open with this passphrase: nothing can be signed. See docs/sleutels.md.",
            err=True,
        )


def port_is_free(host: str, port: int) -> bool:
    """Tell whether nothing listens at ``host``:``port`` yet."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            if error.errno in (errno.EADDRINUSE, errno.EACCES):
                return False
            raise
    return True


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, help="Port to listen on.")
@click.option("--threads", default=8, show_default=True, help="Threads per process.")
@click.option("--workers", default=1, show_default=True, help="Processes that answer.")
@click.option("--no-worker", is_flag=True, help="Start no process for work that waits.")
def serve(host: str, port: int, threads: int, workers: int, no_worker: bool) -> None:
    """Run the web server, after bringing the database up to date."""
    run(host, port, threads=threads, workers=workers, worker=not no_worker)
