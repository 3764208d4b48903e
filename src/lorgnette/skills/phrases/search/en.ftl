skill-does = the web
skill-example = Search the web for the tallest lighthouse.

search-found = { $by } says: { $text }
search-answer = { $text }
page-read = { $title }, from { $host }: { $text }

search-what = What shall I search for?
search-nothing = I found nothing about { $query }; try other words.
search-first = Search for something first; then I can read what was found.
search-no-such = There { $count ->
    [one] is only one result
   *[other] are only { $count } results
}; name another.
search-unreadable = That page on { $host } has no words for me to read; try the next one.
search-page-silent = I can't get that page from { $host }; try the next one.
search-pages-off = I may search, but not open pages; that's a setting of the hub, under search.
search-off = I can't search the web yet; the address of a SearXNG goes into the hub's settings, under search.
error-service = The search engine isn't answering; please try again in a moment.
error-service-busy = The search engine has had enough questions for now; please try again later.
error-service-refused = The search engine refuses my question; it must allow the format JSON in its settings.
error-address-forbidden = I don't open that page: it isn't on the internet.
