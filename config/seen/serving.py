"""Serve the figures on this machine's own address, where nobody else reaches them."""

from pathlib import Path
from socketserver import StreamRequestHandler
from typing import cast
from wsgiref.simple_server import WSGIServer

from prometheus_client import CollectorRegistry, multiprocess, start_http_server

from config.seen.portal import Portal

LOOPBACK = "127.0.0.1"
PATIENCE = 5.0  # seconds for a question to come: whoever leaves one half asked holds a thread


def registry_of(folder: Path) -> CollectorRegistry:
    """What the server's processes counted in FOLDER, added up, and what is read of the portal."""
    registry = CollectorRegistry()
    if folder.is_dir():
        multiprocess.MultiProcessCollector(registry, path=str(folder))  # type: ignore[no-untyped-call]
    registry.register(Portal())
    return registry


def serve(port: int, folder: Path) -> WSGIServer:
    """Serve until the process ends; the server, whose ``server_port`` says where."""
    server, _thread = start_http_server(port, LOOPBACK, registry_of(folder))
    cast(type[StreamRequestHandler], server.RequestHandlerClass).timeout = PATIENCE
    return server
