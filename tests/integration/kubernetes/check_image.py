"""The Dockerfile against the tree and this machine: what can be known of an image without building it."""

import glob
import json
import os
import re
import subprocess
import sys

import image_file as image

ROOT = image.ROOT
# Every Debian has them.
EVERYWHERE = {"libc6", "libgcc-s1"}
# Named by no program: whom the crawler's peers are vouched for by.
BESIDE = {"ca-certificates"}


def read(path):
    with open(os.path.join(ROOT, path), encoding="utf-8") as file:
        return file.read()


def copied():
    """Every source of the first stage's COPY."""
    return [source.rstrip("/") for word, rest in image.stages()[0] if word == "COPY" for source in rest.split()[:-1]]


def tree_problems():
    allowed = {line[1:] for line in read("deploy/docker/Dockerfile.dockerignore").splitlines() if line.startswith("!")}
    for source in copied():
        if not os.path.exists(os.path.join(ROOT, source)):
            yield f"COPY {source}: there is no such file"
        if not any(source == each or source.startswith(each + "/") for each in allowed):
            yield f"COPY {source}: Dockerfile.dockerignore leaves it out"
    top, _, _ = read("CMakeLists.txt").partition("if(TINTINH_TESTS)")
    needed = re.findall(r"^add_subdirectory\((\w+)\)", top, re.M)
    deploy = re.search(r"foreach\(folder IN ITEMS ([^)]*)\)", read("deploy/CMakeLists.txt")).group(1).split()
    for folder in [f for f in needed if f != "deploy"] + ["deploy/CMakeLists.txt"] + [f"deploy/{f}" for f in deploy]:
        if folder not in copied():
            yield f"CMake reads {folder}, which is not copied"
    groups = {line.split()[0] for line in read("deploy/packages").splitlines() if line and not line.startswith("#")}
    for command in image.runs(image.stages()[0]):
        if command[0] == "./deploy/install-packages" and not (len(command) > 1 and set(command[1:]) <= groups):
            yield f"deploy/packages has no group {command[1:]}"


def program_problems():
    services = set()
    for path in glob.glob(os.path.join(ROOT, "services/*/CMakeLists.txt")):
        services |= set(re.findall(r"tintinh_service\(NAME (\S+)", read(path)))
    targets, components = image.built()
    if set(targets) != services:
        yield f"it builds {sorted(targets)}, and CMake has {sorted(services)}"
    if targets != components:
        yield f"it builds {targets} and installs {components}"


def owner(library):
    """The package of a library that the dynamic linker finds."""
    cached = subprocess.run(["/sbin/ldconfig", "-p"], capture_output=True, text=True, check=True).stdout
    path = re.search(rf"^\s*{re.escape(library)} .*=> (\S+)$", cached, re.M).group(1)
    for each in (path, os.path.realpath(path), path.removeprefix("/usr"), "/usr" + path):
        found = subprocess.run(["dpkg-query", "-S", each], capture_output=True, text=True)
        if found.returncode == 0:
            return found.stdout.split(":")[0]
    raise SystemExit(f"no package owns {library}")


def library_problems():
    libraries = set()
    for program in image.built()[1]:
        path = os.path.join(os.environ["TINTINH_BIN"], program)
        dynamic = subprocess.run(["readelf", "-d", path], capture_output=True, text=True, check=True).stdout
        libraries |= set(re.findall(r"\(NEEDED\).*\[(.*)\]", dynamic))
    needed = {owner(each) for each in libraries if not each.startswith("ld-linux")} - EVERYWHERE
    named = set(image.packages())
    for each in sorted(needed - named):
        yield f"the programs need {each}, which the image does not have"
    for each in sorted(named - needed - BESIDE):
        yield f"no program needs {each}"


def run_problems():
    last = image.stages()[-1]
    words = [word for word, _ in last]
    if "ENTRYPOINT" in words or "ADD" in words:
        yield "the last stage has an ENTRYPOINT or an ADD"
    if words.index("USER") != max(i for i, w in enumerate(words) if w in ("USER", "RUN", "COPY")):
        yield "something follows USER"
    if not image.user():
        yield "it runs as root"
    command = next((rest for word, rest in last if word == "CMD"), "")
    if not command.startswith("[") or json.loads(command)[0] not in image.programs():
        yield f"CMD {command} is not one of its programs"
    if len({rest.split()[0] for stage in image.stages() for word, rest in stage if word == "FROM"}) != 1:
        yield "built on one Debian and run on another"


def main():
    release = dict(line.split("=", 1) for line in open("/etc/os-release", encoding="utf-8").read().split("\n") if "=" in line)
    if (release.get("ID"), release.get("VERSION_ID")) != ("debian", '"12"'):
        print("skipped: the image is Debian 12's, and this machine is not")
        sys.exit(77)
    problems = [*tree_problems(), *program_problems(), *library_problems(), *run_problems()]
    for problem in problems:
        print(problem)
    print(f"image: {len(image.programs())} programs, {len(image.packages())} packages, {len(problems)} problems")
    sys.exit(1 if problems else 0)


main()
