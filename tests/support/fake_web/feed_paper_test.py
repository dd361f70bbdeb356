"""The paper's feed answers conditions as RFC 9110 says, over a connection that stays open."""
import http.client
import unittest

import feed_paper

OLD = "Thu, 01 Jan 1970 00:00:00 GMT"


class FeedPaperTest(unittest.TestCase):
    def setUp(self):
        self.server = feed_paper.FeedPaperServer()
        self.server.start()
        self.paper = self.server.paper
        self.paper.publish()
        self.connection = http.client.HTTPConnection(*self.server.server_address)

    def tearDown(self):
        self.connection.close()
        self.server.stop()

    def get(self, path, **headers):
        self.connection.request("GET", path, headers={name.replace("_", "-"): value for name, value in headers.items()})
        answer = self.connection.getresponse()
        return answer.status, answer.headers, answer.read().decode()

    def test_what_is_published_can_be_fetched_and_is_named(self):
        self.assertEqual(self.get(self.paper.path(1))[0], 404)
        self.assertNotIn(self.paper.url(1), self.get("/rss.xml")[2])
        self.paper.publish()
        self.assertEqual(self.get(self.paper.path(1))[0], 200)
        self.assertIn(self.paper.url(1), self.get("/rss.xml")[2])

    def test_a_tag_spares_the_body_until_something_is_published(self):
        _, first, _ = self.get("/rss.xml")
        status, headers, body = self.get("/rss.xml", If_None_Match=first["ETag"], If_Modified_Since=OLD)
        self.assertEqual((status, headers["ETag"], body), (304, first["ETag"], ""))
        self.paper.publish()
        status, headers, _ = self.get("/rss.xml", If_None_Match=first["ETag"], If_Modified_Since=first["Last-Modified"])
        self.assertEqual(status, 200)
        self.assertNotEqual(headers["ETag"], first["ETag"])

    def test_a_date_spares_the_body_where_there_is_no_tag(self):
        _, first, _ = self.get("/rss.xml")
        self.assertEqual(self.get("/rss.xml", If_Modified_Since=first["Last-Modified"])[0], 304)
        self.assertEqual(self.get("/rss.xml", If_Modified_Since=OLD)[0], 200)
        self.assertEqual(self.get("/rss.xml", If_None_Match='"khac"', If_Modified_Since=first["Last-Modified"])[0], 200)

    def test_every_request_is_noted(self):
        self.get("/rss.xml")
        self.get("/khong-co.html")
        self.assertEqual([(entry["path"], entry["status"]) for entry in self.paper.log],
                         [("/rss.xml", 200), ("/khong-co.html", 404)])


unittest.main()
