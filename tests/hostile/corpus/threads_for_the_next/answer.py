import signal
import threading
import time


def work():
    while True:
        time.sleep(0.05)


for _ in range(5):
    threading.Thread(target=work, daemon=False).start()
signal.setitimer(signal.ITIMER_REAL, 3600)


import numpy as np


def mean(numbers):
    return float(np.mean(numbers))
