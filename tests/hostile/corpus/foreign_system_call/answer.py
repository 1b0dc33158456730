import ctypes
import os
import platform
import signal

if platform.machine() == "x86_64":
    ctypes.CDLL(None).syscall(0x40000000 + 39)
    print("got", "through: x32")
else:
    os.kill(os.getpid(), signal.SIGSYS)
