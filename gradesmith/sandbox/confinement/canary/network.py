"""Acts on sockets: seccomp's part. Landlock knows TCP and abstract names only, and those late."""

from __future__ import annotations

import socket

from gradesmith.sandbox.confinement.canary.acts import Act, Scene
from gradesmith.sandbox.confinement.policy import Layer

_LOOPBACK = "127.0.0.1"


def _tcp(scene: Scene) -> str:
    socket.create_connection((_LOOPBACK, scene.decoys.tcp), timeout=1).close()
    return "connected"


def _listen(_: Scene) -> str:
    socket.create_server((_LOOPBACK, 0)).close()
    return "listens"


def _udp(scene: Scene) -> str:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sender:
        sender.sendto(b"secret", (_LOOPBACK, scene.decoys.udp))
    return "sent a datagram"


def _abstract(scene: Scene) -> str:
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as client:
        client.connect(scene.decoys.abstract)
    return "connected"


def _named(scene: Scene) -> str:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as sender:
        sender.sendto(b"secret", scene.decoys.named)
    return "sent a datagram"


def _paired(scene: Scene) -> str:
    """A datagram pair needs no connection of its own to be turned elsewhere."""
    near, far = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
    with near, far:
        near.sendto(b"secret", scene.decoys.named)
    return "sent a datagram"


def _netlink(_: Scene) -> str:
    socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, 0).close()
    return "speaks with the kernel's network"


ACTS = (
    Act(name="connect over TCP", layer=Layer.SECCOMP, run=_tcp, backed=True),
    Act(name="listen for TCP", layer=Layer.SECCOMP, run=_listen, backed=True),
    Act(name="send over UDP", layer=Layer.SECCOMP, run=_udp),
    Act(name="connect to an abstract Unix socket", layer=Layer.SECCOMP, run=_abstract, backed=True),
    Act(name="send to a Unix socket", layer=Layer.SECCOMP, run=_named),
    Act(name="send to a Unix socket from a pair", layer=Layer.SECCOMP, run=_paired),
    Act(name="open a netlink socket", layer=Layer.SECCOMP, run=_netlink),
)
