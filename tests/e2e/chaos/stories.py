"""Made-up stories: the same number and version give the same text, and no two are near to one another."""
import os
import random

ONSETS = ("b", "c", "ch", "d", "đ", "g", "h", "l", "m", "n", "ng", "nh", "ph", "r", "s", "t", "th", "tr", "v", "x")
RIMES = ("an", "ang", "anh", "ao", "au", "ay", "ăm", "âm", "ân", "âu", "em", "eo", "êu", "in", "inh", "oan", "oi", "ong", "ôi",
         "ông", "ơi", "ơn", "ua", "ui", "ung", "ương", "ươi", "ưu", "à", "án", "ảo", "ạng", "ấn", "ầu", "ến", "ệm", "ìn", "ính",
         "ỏi", "ông", "ồi", "ớn", "ợi", "ùng", "ứng", "ường", "ưỡi", "ửu")
PARAGRAPHS, WORDS = 5, 60
# In every story of the base, and in none of the writers': it has syllables that ONSETS and RIMES do not make.
MARK = "chuyến phà khuya qua bến quạ kêu"
BASE_SITE, WRITERS_SITE = "goc", "viet"


def syllables(rng, count):
    return [rng.choice(ONSETS) + rng.choice(RIMES) for _ in range(count)]


def sentence(words):
    return words[0].capitalize() + " " + " ".join(words[1:]) + "."


def paragraph(rng):
    words = syllables(rng, WORDS)
    return " ".join(sentence(words[at:at + 15]) for at in range(0, WORDS, 15))


def title(number, version):
    rng = random.Random("title %d" % number)
    return "%s số %d bản %d" % (" ".join(syllables(rng, 5)).capitalize(), number, version)


def page(site, number, version):
    rng = random.Random("%s %d %d" % (site, number, version))
    texts = [paragraph(rng) for _ in range(PARAGRAPHS)]
    if site == BASE_SITE:
        texts.append(sentence(["Đó", "là", *MARK.split(), *syllables(rng, 8)]))
    headline = title(number, version)
    return """<!DOCTYPE html>
<html lang="vi"><head><meta charset="utf-8"><title>%s</title><link rel="canonical" href="https://%s.vn/bai-%d.html">
<meta property="article:published_time" content="2026-03-%02dT08:47:00+07:00"></head>
<body><article><h1>%s</h1><div class="body">%s</div></article></body></html>
""" % (headline, site, number, 1 + number % 28, headline, "".join("<p>%s</p>\n" % text for text in texts))


def write(directory, site, number, version):
    """Returns the file. Its name is the story's identity, whatever the version."""
    path = "%s/%d.html" % (directory, number)
    with open(path, "w") as file:
        file.write(page(site, number, version))
    return path


def told_by(path):
    return int(os.path.basename(path)[:-len(".html")])
