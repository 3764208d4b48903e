skill-does = 新闻
skill-example = 给我念一下今天的新闻。

news-titles = { $titles }。
news-title = { $title }
news-more = { $title }{ $summary }
news-only-title = { $title }{ $by }只给了这些。

news-none = 订阅里现在没有新闻。
news-none-about = 订阅里没有关于{ $topic }的新闻。
news-no-such = 只有{ $count }条新闻，请换一条。
news-off = 我还没有新闻来源，需要在主机设置的news里填上订阅地址。
error-service = 现在连不上新闻，请稍后再试。
error-service-busy = 新闻服务器暂时不接受更多请求，请过一会儿再试。
error-service-refused = 新闻服务器拒绝了请求，请检查主机设置里news的地址。
error-address-forbidden = 这个订阅指向家里的机器，我不读，请检查设置里的news。
