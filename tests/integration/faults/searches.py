"""Searches whose answers are known."""
import stories


def find(node, acknowledged):
    """Every 30th of the stories is searched for by its title and must be the only hit, with no shard silent."""
    for number in sorted(acknowledged)[::30]:
        answer = node.ask("search", '"%s"' % stories.articles.title(number).split(": ")[1])
        assert answer["shardsAnswered"] == answer["shardsAsked"], answer
        assert [hit["articleId"] for hit in answer["hits"]] == [acknowledged[number]], "story %d: %s" % (number, answer["hits"])


def all_there(node, acknowledged):
    lost = node.missing(acknowledged)
    assert not lost, "lost %s" % lost
    find(node, acknowledged)
    print("%d acknowledged, none lost" % len(acknowledged))
