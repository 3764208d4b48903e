"""Feeds as RSS 2.0 and RFC 4287 show them."""

RSS = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0"><channel>
<title>Liftoff News</title><link>https://liftoff.example/</link><description>To the stars.</description>
<item><title>Star City</title><link>https://liftoff.example/news/1</link>
<description>How do they get ready for the station? &lt;b&gt;They train.&lt;/b&gt;</description>
<pubDate>Tue, 03 Nov 2026 09:39:21 GMT</pubDate><guid>https://liftoff.example/1</guid></item>
<item><title>Sky watchers in Europe</title><link>https://liftoff.example/news/2</link>
<description>A partial eclipse &amp;amp; more. &lt;a href="https://liftoff.example/x"&gt;here&lt;/a&gt;</description></item>
<item><title>The engine does more</title><description></description></item>
</channel></rss>"""
ATOM = """<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom">
<title>Example Feed</title><link href="http://example.org/"/><updated>2026-11-03T18:30:02Z</updated>
<author><name>John Doe</name></author><id>urn:uuid:60a76c80-d399-11d9-b93C-0003939e0af6</id>
<entry><title>Atom-powered robots run amok</title><link href="http://example.org/2003/12/13/atom03"/>
<id>urn:uuid:1225c695-cfb8-4ebb-aaaa-80da344efa6a</id><updated>2026-11-03T18:30:02Z</updated>
<summary>Some text.</summary></entry>
<entry><title>Star City</title><id>urn:x</id><updated>2026-11-03T18:30:02Z</updated></entry>
</feed>"""
BOMB = """<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">
<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;">]>
<rss version="2.0"><channel><title>&d;</title><item><title>&d;</title></item></channel></rss>"""
OUTSIDE = """<?xml version="1.0"?><!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/hostname">]>
<rss version="2.0"><channel><title>x</title><item><title>a &x; b</title></item></channel></rss>"""
