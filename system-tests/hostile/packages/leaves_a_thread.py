"""Leaves a thread behind, as some clients of databases do."""

import threading
import time

threading.Thread(target=time.sleep, args=(600,), daemon=True).start()
FOUND = "imported"
