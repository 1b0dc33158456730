"""What honest course code does: every ``course_…`` function must come through confinement."""

from __future__ import annotations

import asyncio
import concurrent.futures
import contextlib
import ctypes
import getpass
import gzip
import hashlib
import io
import json
import locale
import logging
import mmap
import multiprocessing
import os
import pickle
import platform
import random
import secrets
import shutil
import signal
import socket
import sqlite3
import sys
import tarfile
import tempfile
import threading
import time
import uuid
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import joblib
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import sklearn.cluster
import sklearn.datasets
import sklearn.ensemble
import sklearn.linear_model
import sklearn.model_selection
from IPython.core.interactiveshell import InteractiveShell

X, Y = sklearn.datasets.make_classification(200, random_state=0)


def course_numpy():
    matrix = np.random.default_rng(0).normal(size=(60, 60))
    np.savez("arrays.npz", matrix=matrix)
    np.save("array.npy", matrix)
    mapped = np.load("array.npy", mmap_mode="r+")
    mapped[0, 0] = 1.0
    mapped.flush()
    assert np.allclose(np.linalg.inv(matrix) @ matrix, np.eye(60))
    return float(np.linalg.svd(np.load("arrays.npz")["matrix"])[1][0])


def course_pandas():
    frame = pd.DataFrame({"group": list("abab"), "value": [1.0, 2.0, 3.0, None]})
    frame.to_csv("table.csv", index=False)
    frame.to_json("table.json")
    again = pd.read_csv("table.csv", engine="python")
    assert again.equals(pd.read_csv("table.csv"))
    frame.to_csv("table.csv.gz")
    frame.to_pickle("table.pickle")
    return again.groupby("group")["value"].mean().to_dict()


def course_forest():
    forest = sklearn.ensemble.RandomForestClassifier(20, n_jobs=2, random_state=0).fit(X, Y)
    return float(forest.score(X, Y))


def course_all_processors():
    forest = sklearn.ensemble.RandomForestClassifier(10, n_jobs=-1, random_state=0)
    return float(sklearn.model_selection.cross_val_score(forest, X, Y, n_jobs=-1).mean())


def course_grid_search():
    search = sklearn.model_selection.GridSearchCV(
        sklearn.linear_model.LogisticRegression(), {"C": [0.1, 1.0]}, n_jobs=2
    )
    return search.fit(X, Y).best_params_["C"]


def course_openmp():
    sklearn.cluster.KMeans(3, n_init=2, random_state=0).fit(X)
    return float(sklearn.ensemble.HistGradientBoostingClassifier(max_iter=5).fit(X, Y).score(X, Y))


def course_bundled_datasets():
    return [len(load().data) for load in (sklearn.datasets.load_iris, sklearn.datasets.load_digits)]


def course_joblib():
    joblib.dump({"x": X}, "model.joblib", compress=3)
    assert (joblib.load("model.joblib")["x"] == X).all()
    memory = joblib.Memory("cache", verbose=0)
    assert memory.cache(len)([1, 2]) == 2
    return joblib.Parallel(n_jobs=2)(joblib.delayed(abs)(-number) for number in range(5))


def course_joblib_threads():
    return joblib.Parallel(n_jobs=2, prefer="threads")(joblib.delayed(abs)(-number) for number in range(5))


def course_matplotlib():
    figure, axes = plt.subplots(2, 2)
    axes[0, 0].plot([1, 2, 3], label=r"$\alpha^2$")
    axes[0, 0].legend()
    axes[1, 1].hist(X[:, 0])
    figure.tight_layout()
    for kind in ("png", "pdf", "svg"):
        figure.savefig(f"figure.{kind}")
    plt.show()
    return Path("figure.png").stat().st_size


def course_sqlite():
    for mode in ("delete", "wal"):
        with contextlib.closing(sqlite3.connect("course.db")) as base:
            base.execute(f"pragma journal_mode={mode}")
            base.execute("create table if not exists numbers (n)")
            base.executemany("insert into numbers values (?)", [(n,) for n in range(100)])
            base.commit()
            pd.read_sql("select * from numbers order by n", base)
            total = base.execute("select sum(n) from numbers").fetchone()[0]
    return total


def course_asyncio():
    async def work():
        return await asyncio.gather(asyncio.sleep(0.001, 1), asyncio.to_thread(sum, [1, 2]), _timed())

    async def _timed():
        async with asyncio.timeout(1):
            return await asyncio.wait_for(asyncio.sleep(0, 3), 1)

    return asyncio.run(work())


def course_temporary_files():
    with tempfile.TemporaryDirectory() as folder, tempfile.NamedTemporaryFile(dir=folder) as named:
        named.write(b"x")
    with tempfile.TemporaryFile() as unnamed, tempfile.SpooledTemporaryFile(max_size=1) as spooled:
        unnamed.write(b"x")
        spooled.write(b"xx")
    return tempfile.mkdtemp().startswith(str(Path.cwd()))


def course_threads():
    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        assert list(pool.map(abs, range(8))) == [*range(8)]
    timer = threading.Timer(0.001, threading.Event().set)
    timer.start()
    timer.join()


def course_logging():
    logger = logging.getLogger("course")
    writer = logging.FileHandler("course.log")
    logger.addHandler(writer)
    logger.warning("written")
    writer.close()
    return Path("course.log").read_text()


def course_touch():
    """Path.touch sets a time before it makes anything."""
    Path("touched").touch()
    Path("touched").touch()
    Path("touched-once").touch(exist_ok=False)
    return [Path("touched").stat().st_size, Path("touched-once").stat().st_size]


def course_copies():
    Path("deep/deeper").mkdir(parents=True)
    Path("deep/deeper/file.txt").write_text("x")
    Path("deep/link").symlink_to("deeper/file.txt")
    shutil.copy2("deep/deeper/file.txt", "copy.txt")
    shutil.copytree("deep", "deep-copy")
    shutil.move("deep-copy/deeper/file.txt", "moved.txt")
    Path("moved.txt").rename("deep/renamed.txt")
    Path("copy.txt").chmod(0o600)
    os.link("copy.txt", "hard.txt")
    os.truncate("hard.txt", 0)
    shutil.rmtree("deep-copy")
    return sorted(str(entry) for entry in Path("deep").iterdir())


def course_archives():
    Path("inside.txt").write_text("x" * 1000)
    with zipfile.ZipFile("archive.zip", "w") as archive:
        archive.write("inside.txt")
    with tarfile.open("archive.tar.gz", "w:gz") as archive:
        archive.add("inside.txt")
    with tarfile.open("archive.tar.gz") as archive:
        archive.extractall("unpacked", filter="data")
    shutil.unpack_archive("archive.zip", "unzipped")
    with gzip.open("text.gz", "wt") as packed:
        packed.write("x")
    return Path("unpacked/inside.txt").stat().st_size


def course_late_imports():
    """Libraries that the zygote did not load are read now."""
    import ctypes.util
    import xml.dom.minidom
    import zoneinfo

    import pydantic
    import scipy.optimize

    assert scipy.optimize.brentq(lambda x: x - 1, 0, 3) == 1
    assert zoneinfo.ZoneInfo("Europe/Vienna").key
    return [xml.dom.minidom.__name__, pydantic.VERSION, str(ctypes.util)[:7]]


def course_surroundings():
    return [
        getpass.getuser(),
        str(Path.home()),
        os.cpu_count(),
        len(os.sched_getaffinity(0)),
        platform.platform(),
        locale.getpreferredencoding(),
        str(uuid.uuid4()),
        str(uuid.uuid1()),
        secrets.token_hex(4),
        random.random(),
        hashlib.sha256(b"x").hexdigest(),
        datetime.now(UTC).astimezone().isoformat(),
        time.localtime().tm_zone,
        sys.getrecursionlimit(),
    ]


def course_standard_streams():
    print("shown to nobody")
    with Path(os.devnull).open("w") as nothing:
        nothing.write("x")
    with contextlib.redirect_stdout(io.StringIO()) as shown:
        print("caught")
    with contextlib.suppress(EOFError):
        input()
    return shown.getvalue()


def course_signals():
    caught = []
    signal.signal(signal.SIGALRM, lambda *_: caught.append("alarm"))
    signal.setitimer(signal.ITIMER_REAL, 0.01)
    time.sleep(0.05)
    signal.signal(signal.SIGUSR1, lambda *_: caught.append("self"))
    os.kill(os.getpid(), signal.SIGUSR1)
    signal.raise_signal(signal.SIGUSR1)
    signal.pthread_kill(threading.get_ident(), signal.SIGUSR1)
    assert caught == ["alarm", "self", "self", "self"], caught


def course_low_level():
    near, far = socket.socketpair()
    with near, far:
        near.sendall(b"x")
        assert far.recv(1) == b"x"
    shared = mmap.mmap(-1, mmap.PAGESIZE)
    shared[:1] = b"x"
    assert ctypes.CDLL(None).abs(-3) == 3
    reverse = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_int)(lambda number: -number)
    os.nice(1)
    assert not sys.stdin.isatty()
    return reverse(3)


def course_pickle():
    Path("object.pickle").write_bytes(pickle.dumps({"a": X}))
    return json.loads(json.dumps(list(pickle.loads(Path("object.pickle").read_bytes()))))


def course_ipython():
    shell = InteractiveShell.instance()
    shell.run_cell("import numpy\ntotal = numpy.arange(4).sum()").raise_error()
    shell.run_cell("await __import__('asyncio').sleep(0)").raise_error()
    shell.run_cell("%timeit -n1 -r1 sum([1])").raise_error()
    return int(shell.user_ns["total"])


def course_subprocess_is_refused_in_words():
    """Not allowed, but a student must see an ordinary exception."""
    import subprocess

    seen = []
    for forbidden in (
        lambda: subprocess.run(["/bin/true"], check=False),
        lambda: multiprocessing.Process(target=int).start(),
        lambda: socket.create_connection(("127.0.0.1", 9)),
        lambda: Path("/etc/passwd").read_text(),
        lambda: Path("/tmp/outside").write_text("x"),
    ):
        try:
            forbidden()
        except PermissionError as error:
            seen.append(str(error))
    assert len(seen) == 5, seen
    return seen
