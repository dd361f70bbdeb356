"""Today's protos against those of earlier releases, wire/RELEASE.desc: what talks to, or reads what was stored by, a process
of one of them understands it.

check_wire.py
"""
import glob
import os
import sys

import descriptors
import wire_rules

HERE = os.path.dirname(os.path.abspath(__file__))
PROTO = os.path.join(HERE, "../../../proto")
FOLDERS = ("tintinh/v1", "tintinh/disk/v1")


def main():
    today = descriptors.contract(descriptors.compile_protos(PROTO, descriptors.protos(PROTO, FOLDERS)))
    releases = sorted(glob.glob(HERE + "/wire/*.desc"))
    broken = []
    for path in releases:
        with open(path, "rb") as file:
            before = descriptors.contract(file.read())
        assert before.messages and before.enums and before.services, path + " names nothing"
        broken += ["%s: %s" % (os.path.basename(path), what) for what in wire_rules.breaches(before, today)]
        print("%s: %d messages, %d enums, %d services; today %d, %d, %d" %
              (os.path.basename(path), *(len(names) for of in (before, today) for names in (of.messages, of.enums, of.services))))
    print("\n".join(broken))
    sys.exit(1 if broken or not releases else 0)


main()
