"""Every header of ours that a source includes comes from its own target or from one it declares; third parties stay
behind their fences. With one include root the compiler alone would not notice either."""

import os
import re

import tree

INCLUDE = re.compile(r'^#include [<"]([^">]+)[">]', re.M)

# Which folders may include what: the borders of the architecture.
FENCES = {
    r"rocksdb/": ("common/kv/", "services/indexer/", "tests/unit/common/kv/", "tests/unit/services/indexer/"),
    r"curl/": ("services/crawler/fetch/", "common/url/"),
    r"libpsl\.h": ("common/url/",),
    r"gumbo\.h": ("services/normalizer/dom/",),
    r"unicode/": ("common/text/", "common/url/", "services/normalizer/decode/"),
    r"uchardet": ("services/normalizer/decode/",),
    r"libxml/": ("services/crawler/discover/",),
    r"yaml-cpp/": ("common/config/",),
    r"spdlog/": ("common/log/",),
    r"prometheus/": ("common/metrics/",),
    r"httplib\.h": ("services/web/", "tests/"),
    r"openssl/": ("common/digest/", "tests/"),
    r"CLI/": ("services/cli/", "common/server/", "deploy/demo/", "tests/"),
}
PROTO_TARGETS = {"tintinh/v1/": "proto_v1", "tintinh/config/v1/": "proto_config_v1", "tintinh/disk/v1/": "proto_disk_v1"}


def owner_of(header, owners):
    for prefix, target in PROTO_TARGETS.items():
        if header.startswith(prefix):
            return target
    return owners.get(header)


def undeclared(target, owners):
    declared = {d.removeprefix("tintinh::") for d in target.deps} | {target.name}
    for path in target.files:
        if not os.path.exists(os.path.join(tree.ROOT, path)):
            continue
        for header in INCLUDE.findall(tree.read(path)):
            owner = owner_of(header, owners)
            if owner is not None and owner not in declared:
                yield f"{path}: includes {header} of {owner}, which {target.name} does not declare"


def through_the_fence(path):
    for header in INCLUDE.findall(tree.read(path)):
        for pattern, allowed in FENCES.items():
            if re.match(pattern, header) and not path.startswith(allowed):
                yield f"{path}: includes {header}, which is fenced in {', '.join(allowed)}"


def main():
    targets = tree.targets()
    owners = {f.split("/generated/")[-1]: t.name for t in targets for f in t.files if f.endswith(".h")}
    problems = [p for t in targets for p in undeclared(t, owners)]
    problems += [p for path in tree.tracked(".h", ".cc") for p in through_the_fence(path)]
    listed = {f for t in targets for f in t.files}
    problems += [f"{f}: belongs to no target" for f in tree.tracked(".cc")
                 if f not in listed and f != "tests/fuzz/replay_main.cc"]
    tree.finish(problems, "includes")


main()
