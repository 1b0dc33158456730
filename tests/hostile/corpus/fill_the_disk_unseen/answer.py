import os
import time

os.mkdir("unseen", 0o300)
for number in range(60):
    open(f"unseen/{number}", "wb").write(bytes(1 << 20))
time.sleep(2)
print("got", "through: 60 MB")
