"""Runs a test program beside three brokers.  with_brokers.py PROGRAM"""
import os
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../../support"))
from kafka_brokers import Brokers

with tempfile.TemporaryDirectory() as directory:
    brokers = Brokers(directory)
    try:
        ran = subprocess.run(sys.argv[1:], env=dict(os.environ, TINTINH_KAFKA_BROKERS=brokers.bootstrap,
                                                    TINTINH_KAFKA_DIRECTORY=directory))
    finally:
        brokers.stop()
sys.exit(ran.returncode)
