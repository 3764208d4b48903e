// What was said before this page was opened, as the hub's journal has it.

const LIMIT = 20;
const TIMEOUT_MS = 5000;

function past({ id, started, transcript, typed, language, sentences, heard, outcome, trace }) {
  const cut = outcome === "interrupted";
  const said = sentences.map((text, index) => ({
    index,
    text,
    heard: index < heard ? "yes" : cut ? "cut" : "no",
  }));
  return {
    id,
    at: started * 1000,
    words: transcript,
    partial: "",
    typed,
    language,
    utterances: said.length
      ? [{ id: `past:${id}`, kind: "answer", sentences: said, ended: cut ? "stopped" : "done" }]
      : [],
    outcome,
    stages: trace?.stages ?? [],
    undo: false,
    undone: false,
  };
}

/** Turns, oldest first; none when the hub doesn't tell. */
export async function history(token) {
  try {
    const answer = await fetch(`/v1/turns?limit=${LIMIT}`, {
      headers: { authorization: `Bearer ${token}` },
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    if (!answer.ok) return [];
    return (await answer.json()).reverse().map(past);
  } catch {
    return [];
  }
}
