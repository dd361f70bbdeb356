"""deploy/backup and deploy/restore with restic: what was put before the second snapshot is there after the index is lost, in
the same shape and in one with other shards; what has not changed is not sent again; damage is refused.

backup.py BIN
"""
import glob
import os
import shutil
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "../support"))
from real_node import Node, wait_for

DEPLOY = os.path.join(HERE, "../../deploy")
FIRST, SECOND = 120, 30


def story(number):
    lines = ["Xã Bến Đò số %d mở chợ phiên" % number, ""]
    for part in range(4):
        lines.append("Sáng phiên thứ %d, bà con thôn %d gánh %d giỏ cam, %d bó mía và hơn %d con vịt ra bến; thuyền từ xóm %d cập "
                     "bờ khi sương còn dày, tiếng rao lan tới tận dốc đình, người mua mặc cả rồi cười xòa bên ấm chè xanh."
                     % (part + number, number * 7 + part, number + part * 3, number * 5, number * 11 + part, number * 13))
        lines.append("")
    return "\n".join(lines)


def new_node(binaries, directory, name, shards):
    home = os.path.join(directory, name)
    os.makedirs(home)
    with open(home + "/sites.yaml", "w") as file:
        file.write("sites:\n- {id: a, name: A, home: 'http://127.0.0.1:9/', section_pages: [/]}\n")
    node = Node(binaries, home)
    with open(home + "/node.yaml", "a") as file:
        file.write("indexer: {shards: %d, memory_segment_bytes: 64KiB}\n" % shards)
    node.start()
    return node


def put(node, directory, numbers):
    files = []
    for number in numbers:
        files.append("%s/%d.txt" % (directory, number))
        with open(files[-1], "w") as file:
            file.write(story(number))
    subprocess.run([node.binaries + "/tintinh", "--server", "127.0.0.1:" + node.ports()["grpc"], "import", *files], check=True,
                   stdout=subprocess.DEVNULL)


def run(binaries, *command, fails=False):
    ran = subprocess.run(command, env=dict(os.environ, TINTINH_BIN=binaries), capture_output=True, text=True)
    if (ran.returncode != 0) != fails:
        sys.exit("%s: status %d\n%s%s" % (" ".join(command), ran.returncode, ran.stdout, ran.stderr))
    return ran.stdout + ran.stderr


def expect(node, count, what):
    """What is logged is applied a moment later."""
    wait_for(lambda: node.articles() == count, 30, "%s: %d articles" % (what, count))


def repository_bytes(repository):
    return sum(os.path.getsize(path) for path in glob.glob(repository + "/data/*/*"))


def back_up(binaries, directory, node, repository):
    """Some articles, more of them, and a snapshot of what has not changed since."""
    data = node.directory + "/data/indexer"
    added, before = [], 0
    for numbers in (range(FIRST), range(FIRST, FIRST + SECOND), ()):
        if numbers:
            put(node, directory, numbers)
        run(binaries, DEPLOY + "/backup", "127.0.0.1:" + node.ports()["grpc"], data, repository)
        added.append((repository_bytes(repository) - before) // 1024)
        before = repository_bytes(repository)
    print("snapshots of %d articles, of %d more and of nothing new: %s KiB" % (FIRST, SECOND, added))
    if added[2] * 4 > added[0] or glob.glob(data + "/checkpoints/*"):
        sys.exit("an unchanged index was sent again, or a checkpoint was left: %s" % glob.glob(data + "/checkpoints/*"))


def restore_as_it_was(binaries, node, repository):
    """The node lost its index; what comes back is its data directory."""
    node.kill()
    data = node.directory + "/data/indexer"
    shutil.rmtree(data)
    print(run(binaries, DEPLOY + "/restore", repository, data).strip())
    node.start()
    expect(node, FIRST + SECOND, "restored")
    if "exists" not in run(binaries, DEPLOY + "/restore", repository, data, fails=True):
        sys.exit("a directory that exists was not refused by name")


def restore_elsewhere(binaries, directory, repository):
    """Into an index of five shards that has some of the articles already."""
    other = new_node(binaries, directory, "other", 5)
    put(other, directory, range(10))
    saved = directory + "/saved"
    run(binaries, DEPLOY + "/restore", repository, saved)
    command = (binaries + "/tintinh", "--server", "127.0.0.1:" + other.ports()["grpc"], "restore", saved)
    if "%d articles put, 10 were there" % (FIRST + SECOND - 10) not in run(binaries, *command):
        sys.exit("restoring into another index did not put what was missing")
    expect(other, FIRST + SECOND, "restored elsewhere")
    if "149" not in str(other.ask("search", '"xã bến đò số 149"')):
        sys.exit("a restored article is not found")
    other.drain()
    return saved


def damage(binaries, saved):
    """One byte of a table: `tintinh verify` says which file."""
    table = max(glob.glob(saved + "/shard-*/*.sst"), key=os.path.getsize)
    with open(table, "r+b") as file:
        file.seek(os.path.getsize(table) // 3)
        byte = file.read(1)
        file.seek(-1, os.SEEK_CUR)
        file.write(bytes([byte[0] ^ 0x40]))
    if os.path.basename(table) not in run(binaries, binaries + "/tintinh", "verify", saved, fails=True):
        sys.exit("verify does not name " + table)


def main():
    binaries = os.path.abspath(sys.argv[1])
    if shutil.which("restic") is None:
        print("skipped: no restic; deploy/install-packages backup")
        sys.exit(77)
    directory = tempfile.mkdtemp(prefix="tintinh-backup-")
    os.environ["RESTIC_PASSWORD"] = "thử"
    os.environ["RESTIC_CACHE_DIR"] = directory + "/cache"
    repository = directory + "/repository"
    node = new_node(binaries, directory, "node", 2)
    try:
        back_up(binaries, directory, node, repository)
        restore_as_it_was(binaries, node, repository)
        damage(binaries, restore_elsewhere(binaries, directory, repository))
    finally:
        if node.process.poll() is None:
            node.kill()
    shutil.rmtree(directory)


main()
