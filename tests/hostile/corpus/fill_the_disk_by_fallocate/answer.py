import ctypes
import os
import time

libc = ctypes.CDLL(None, use_errno=True)
place = os.open("file", os.O_RDWR | os.O_CREAT)
os.unlink("file")
beyond_the_end = 1
if libc.fallocate(place, beyond_the_end, ctypes.c_long(0), ctypes.c_long(64 << 20)) == 0:
    time.sleep(2)
    print("got", "through: 64 MB")
