// What the hub found on its own machine and uses after one yes of its owner.

/** Shows it as a sentence with a button; putting it away is a no, and it isn't offered again. */
export async function offers(hub, messages) {
  const found = await hub.get("/v1/offers").catch(() => []);
  if (!found.length) return;
  const { id, model, host } = found[0];
  const answer = (accept) => hub.post(`/v1/offers/${encodeURIComponent(id)}`, { accept });
  messages.show(
    "offer.model",
    () =>
      answer(true).then(
        () => messages.show("offer.used", null, { values: { model } }),
        () => messages.show("offer.failed"),
      ),
    { values: { model, host }, closed: () => answer(false).catch(() => {}) },
  );
}
