skill-does = 网络
skill-example = 上网搜一下世界上最高的灯塔。

search-found = { $by }上说：{ $text }
search-answer = { $text }
page-read = { $title }，来自{ $host }：{ $text }

search-what = 要搜什么？
search-nothing = 没有找到关于{ $query }的内容，换个说法试试。
search-first = 先让我搜点什么，然后我才能读给{ $formal ->
    [true] 您
   *[false] 你
}听。
search-no-such = 只有{ $count }个结果，请换一个。
search-unreadable = { $host }的这个网页没有可以读的文字，试试下一个。
search-page-silent = 从{ $host }打不开这个网页，试试下一个。
search-pages-off = 我可以搜索，但不能打开网页，这个在主机设置的search里。
search-off = 我还不能上网搜索，需要在主机设置的search里填上SearXNG的地址。
error-service = 搜索引擎没有回应，请稍后再试。
error-service-busy = 搜索引擎暂时不接受更多查询，请过一会儿再试。
error-service-refused = 搜索引擎拒绝了我的请求，它的设置里需要允许JSON格式。
error-address-forbidden = 这个网页我不打开，它不在互联网上。
