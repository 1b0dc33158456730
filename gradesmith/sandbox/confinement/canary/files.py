"""Acts on files outside the box. Landlock's part, with seccomp where Landlock knows no such right."""

from __future__ import annotations

import os
from pathlib import Path

from gradesmith.sandbox.confinement.canary.acts import Act, Scene
from gradesmith.sandbox.confinement.kernel import call
from gradesmith.sandbox.confinement.policy import Layer


def _read(path: str) -> str:
    return f"read {len(Path(path).read_bytes())} bytes of {Path(path).name}"


def _read_by_link(scene: Scene) -> str:
    """A symlink in the box that leads out."""
    link = scene.in_box("way-out")
    link.symlink_to(scene.decoys.secret)
    try:
        return _read(str(link))
    finally:
        link.unlink()


def _hard_link(scene: Scene) -> str:
    link = scene.in_box("way-out")
    link.hardlink_to(scene.decoys.secret)
    link.unlink()
    return "linked it into the box"


def _list(scene: Scene) -> str:
    return f"saw {os.listdir(scene.decoys.folder)}"  # noqa: PTH208 -- names are all that is wanted


def _append(scene: Scene) -> str:
    os.close(os.open(scene.decoys.secret, os.O_WRONLY | os.O_APPEND))
    return "opened it for writing"


def _make(scene: Scene) -> str:
    Path(scene.decoys.folder, "new").write_bytes(b"")
    return "made a file"


def _make_folder(scene: Scene) -> str:
    Path(scene.decoys.folder, "new-folder").mkdir()
    return "made a folder"


def _move_in(scene: Scene) -> str:
    moved = Path(scene.decoys.folder, "to-move").rename(scene.in_box("moved"))
    moved.unlink()
    return "moved it into the box"


def _remove(scene: Scene) -> str:
    Path(scene.decoys.folder, "to-remove").unlink()
    return "removed it"


def _truncate(scene: Scene) -> str:
    os.truncate(Path(scene.decoys.folder, "to-truncate"), 0)
    return "emptied it"


def _truncate_by_reading(scene: Scene) -> str:
    os.close(os.open(Path(scene.decoys.folder, "to-truncate"), os.O_RDONLY | os.O_TRUNC))
    return "emptied it"


def _change_mode(scene: Scene) -> str:
    """The call may pretend; what counts is the file."""
    before = Path(scene.decoys.secret).stat().st_mode
    Path(scene.decoys.secret).chmod(0o777)
    return "" if Path(scene.decoys.secret).stat().st_mode == before else "changed the mode"


def _change_time(scene: Scene) -> str:
    before = Path(scene.decoys.secret).stat().st_mtime_ns
    os.utime(scene.decoys.secret, (1, 1))
    return "" if Path(scene.decoys.secret).stat().st_mtime_ns == before else "changed the time"


def _watch(scene: Scene) -> str:
    watching = call("inotify_init1", 0)
    all_events = 0xFFF
    call("inotify_add_watch", watching, os.fsencode(scene.decoys.folder) + b"\0", all_events)
    os.close(watching)
    return "watches who uses the folder"


def _special_file(scene: Scene) -> str:
    os.mkfifo(scene.in_box("pipe"))
    scene.in_box("pipe").unlink()
    return "made a pipe in the box, for others to wait at"


ACTS = (
    Act(name="read a file outside", layer=Layer.LANDLOCK, run=lambda scene: _read(scene.decoys.secret)),
    Act(name="read a file outside by a link", layer=Layer.LANDLOCK, run=_read_by_link),
    Act(name="link a file outside into the box", layer=Layer.LANDLOCK, run=_hard_link),
    Act(name="list a folder outside", layer=Layer.LANDLOCK, run=_list),
    Act(name="write a file outside", layer=Layer.LANDLOCK, run=_append),
    Act(name="make a file outside", layer=Layer.LANDLOCK, run=_make),
    Act(name="make a folder outside", layer=Layer.LANDLOCK, run=_make_folder),
    Act(name="move a file outside into the box", layer=Layer.LANDLOCK, run=_move_in),
    Act(name="remove a file outside", layer=Layer.LANDLOCK, run=_remove),
    Act(name="empty a file outside", layer=Layer.LANDLOCK, run=_truncate, backed=True),
    Act(name="empty a file outside by reading", layer=Layer.SECCOMP, run=_truncate_by_reading, backed=True),
    Act(name="change a mode outside", layer=Layer.SECCOMP, run=_change_mode),
    Act(name="change a time outside", layer=Layer.SECCOMP, run=_change_time),
    Act(name="watch a folder outside", layer=Layer.SECCOMP, run=_watch),
    Act(name="make a special file", layer=Layer.SECCOMP, run=_special_file, backed=True),
)
