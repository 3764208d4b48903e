// The wearer's pictures and films on the hub: asked for in pages, thumbnails as they come into view.

const AT_ONCE = 4;

export class Source {
  #thumbs = new Map(); // id → promise of an object URL
  #running = 0;
  #waiting = [];
  items = [];
  next = "";

  /** `hub`: a HubHttp; `token()`: this device's. */
  constructor(hub, token) {
    this.hub = hub;
    this.token = token;
  }

  /** The newest; what was there is forgotten. */
  async first() {
    const page = await this.hub.get("/v1/gallery");
    this.items = page.items;
    this.next = page.next;
    return this.items;
  }

  /** More, older ones; none when there are none. */
  async more() {
    if (!this.next) return [];
    const page = await this.hub.get(`/v1/gallery?before=${encodeURIComponent(this.next)}`);
    this.items.push(...page.items);
    this.next = page.next;
    return page.items;
  }

  thumb({ id, thumb }) {
    if (!thumb) return Promise.resolve("");
    if (!this.#thumbs.has(id)) this.#thumbs.set(id, this.#queued(() => this.#object(`/v1/gallery/${id}/thumb`)));
    return this.#thumbs.get(id);
  }

  /** The original of a picture as an object URL; who asked revokes it. */
  picture({ id }) {
    return this.#object(`/v1/gallery/${id}/original`);
  }

  /** The original as a file, to be shared. */
  async file(item) {
    const blob = await this.#blob(`/v1/gallery/${item.id}/original`);
    return new File([blob], `${item.id}.${item.mime.split("/")[1].replace("jpeg", "jpg")}`, { type: item.mime });
  }

  /** An address of the original for a player or a download: ten minutes, no token in it. */
  async link({ id }) {
    return (await this.hub.post(`/v1/gallery/${id}/link`)).url;
  }

  async delete(item) {
    await this.hub.delete(`/v1/gallery/${item.id}`);
    this.items = this.items.filter((one) => one.id !== item.id);
  }

  restore({ id }) {
    return this.hub.post(`/v1/gallery/${id}/restore`);
  }

  places() {
    return this.hub.get("/v1/gallery/wishes").then((wishes) => wishes.places);
  }

  wantPlaces(places) {
    return this.hub.patch("/v1/gallery/wishes", { places });
  }

  /** The view closed: pictures don't stay in memory. */
  forget() {
    for (const thumb of this.#thumbs.values()) thumb.then((url) => url && URL.revokeObjectURL(url));
    this.#thumbs.clear();
    this.#waiting = [];
  }

  async #object(path) {
    return URL.createObjectURL(await this.#blob(path));
  }

  async #blob(path) {
    const answer = await fetch(path, { headers: { authorization: `Bearer ${this.token()}` } });
    if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
    return answer.blob();
  }

  #queued(work) {
    return new Promise((resolve) => {
      this.#waiting.push(() =>
        work()
          .catch(() => "")
          .then(resolve),
      );
      this.#run();
    });
  }

  #run() {
    while (this.#running < AT_ONCE && this.#waiting.length) {
      this.#running += 1;
      this.#waiting.shift()().finally(() => {
        this.#running -= 1;
        this.#run();
      });
    }
  }
}
