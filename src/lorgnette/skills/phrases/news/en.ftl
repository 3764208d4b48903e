skill-does = the news
skill-example = Read me the headlines.

news-titles = { $count ->
    [one] One headline: { $titles }
   *[other] { $titles }
}.
news-title = { $title }
news-more = { $title } { $summary }
news-only-title = { $title } That's all that { $by } gives me.

news-none = There's no news in your feeds right now.
news-none-about = There's nothing about { $topic } in your feeds.
news-no-such = I have only { $count } headlines; name another.
news-off = I have no news yet; the addresses of feeds go into the hub's settings, under news.
error-service = The news can't be reached right now; please try again in a moment.
error-service-busy = The news server has had enough questions for now; please try again later.
error-service-refused = The news server refuses to answer; please check the addresses in the hub's settings, under news.
error-address-forbidden = That feed leads to a machine at home, so I don't read it; please check the settings, under news.
