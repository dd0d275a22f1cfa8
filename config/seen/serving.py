"""Serve the figures on this machine's own address, where nobody else reaches them."""

from collections.abc import Iterable
from pathlib import Path
from socketserver import StreamRequestHandler
from typing import cast
from wsgiref.simple_server import WSGIServer

from prometheus_client import CollectorRegistry, Metric, start_http_server
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from config.seen.portal import Portal

LOOPBACK = "127.0.0.1"
PATIENCE = 5.0  # seconds for a question to come: whoever leaves one half asked holds a thread


class Counted(Collector):
    """What the server's processes counted in FOLDER, which may come later, and come again."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def collect(self) -> Iterable[Metric]:
        if self.folder.is_dir():
            yield from MultiProcessCollector(None, str(self.folder)).collect()  # type: ignore[no-untyped-call]


def registry_of(folder: Path) -> CollectorRegistry:
    """What was counted in FOLDER, added up, and what is read of the portal."""
    registry = CollectorRegistry()
    registry.register(Counted(folder))
    registry.register(Portal())
    return registry


def serve(port: int, folder: Path) -> WSGIServer:
    """Serve until the process ends; the server, whose ``server_port`` says where."""
    server, _thread = start_http_server(port, LOOPBACK, registry_of(folder))
    cast(type[StreamRequestHandler], server.RequestHandlerClass).timeout = PATIENCE
    return server
