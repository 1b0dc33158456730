import os
import threading

os.symlink("circle", "circle")
far = "/".join([".."] * 1300) + "/var"


def ask(times):
    for number in range(times):
        for path in ("/var", far, "circle", f"/var/{number}", "x" * 4000):
            try:
                os.open(path, os.O_RDONLY)
            except OSError:
                pass


for _ in range(16):
    threading.Thread(target=ask, args=(10**6,), daemon=True).start()
ask(10**6)
