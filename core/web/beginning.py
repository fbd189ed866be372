"""Imported before everything else: while the libraries load, nothing is garbage, so it is seldom looked for.

By default Python looks through all young objects after every 700 new ones, and through everything that lives
after every 70,000; with these limits after 10,000 and a million. It took half a second of the start.
"""

import gc

gc.set_threshold(10_000, 10, 10)
