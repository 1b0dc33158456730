import os
import time

kept = []
for number in range(60):
    kept.append(os.open("file", os.O_RDWR | os.O_CREAT))
    os.unlink("file")
    os.write(kept[-1], bytes(1 << 20))
time.sleep(2)
print("got", "through: 60 MB")
