import ctypes
import os
import time

libc = ctypes.CDLL(None, use_errno=True)
libc.mmap.restype = ctypes.c_void_p
READ, SHARED, SIZE = 1, 1, 1 << 20
for number in range(60):
    place = os.open("file", os.O_RDWR | os.O_CREAT)
    os.unlink("file")
    os.write(place, bytes(SIZE))
    libc.mmap(None, ctypes.c_size_t(SIZE), READ, SHARED, place, ctypes.c_long(0))
    os.close(place)
time.sleep(2)
print("got", "through: 60 MB")
