import time

for number in range(100):
    open(str(number), "wb").write(bytes(1 << 20))
time.sleep(3)
print("got", "through: 100 MB")
