"""`teorema run`: the service."""

from __future__ import annotations

import secrets
import socket
import sys

import typer
import uvicorn

from bot.core.errors import Misconfigured
from bot.logs import configure_logs
from bot.settings import Settings, load_settings


def run(
    host: str = typer.Option("127.0.0.1", help="Address to listen on."),
    port: int = typer.Option(8000, min=1, max=65535, help="Port to listen on."),
    workers: int = typer.Option(1, min=1, help="Worker processes."),
) -> None:
    """Serve the widget, its API and the console."""
    settings = load_settings()
    if workers > 1:
        raise Misconfigured("--workers", "this version serves with one worker; one answers tens of customers a second")
    configure_logs(json=settings.log_format == "json")
    _check_port(host, port)
    from bot.app import build_parts, create_app

    parts = build_parts(settings)
    admin_password = _admin_password(settings)
    app = create_app(parts, admin_password=admin_password)
    print(f"Teorema: http://{host}:{port}  ·  console: http://{host}:{port}/console", file=sys.stderr)
    uvicorn.run(
        app,
        host=host,
        port=port,
        log_level="warning",
        access_log=False,
        ws="none",
        server_header=False,
        proxy_headers=True,
        timeout_graceful_shutdown=10,
    )


def _admin_password(settings: Settings) -> str:
    """The configured password; without one, a password made once, kept beside the database and shown."""
    if settings.admin_password:
        return settings.admin_password
    path = settings.state_dir / "admin_password"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(12), encoding="utf-8")
    password = path.read_text(encoding="utf-8").strip()
    print(f"Console login: {settings.admin_email} / {password}  (kept in {path})", file=sys.stderr)
    return password


def _check_port(host: str, port: int) -> None:
    """Say at once, in one sentence, that somebody else listens there."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise Misconfigured(
                "--port", f"cannot listen on {host}:{port} ({error.strerror}); choose another"
            ) from error
