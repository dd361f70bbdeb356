"""Puts by a node that must outlive them."""
from service import wait_for


def put(node, first, count):
    """The import, ended."""
    writer = node.import_stories(first, count)
    try:
        wait_for(lambda: writer.process.poll() is not None or not node.alive(), 60, "the end of an import")
        must_live(node)
    finally:
        writer.kill()
    return writer


def must_live(node):
    assert node.alive(), "the node ended with %d: %s" % (node.process.returncode, node.said()[-1500:])
