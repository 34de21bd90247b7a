// Server-sent events read with fetch, because EventSource cannot send an Authorization header.

/** @typedef {{type: string, data: string, id: string}} ServerEvent */

/**
 * A parser of the event stream format (WHATWG HTML, "Server-sent events"); feed it text in pieces of any size.
 * @param {(event: ServerEvent) => void} onEvent
 * @returns {(piece: string) => void}
 */
export function eventParser(onEvent) {
  let rest = "";
  let event = blank();
  const take = (line) => {
    if (line !== "") return readField(event, line);
    if (event.data.length) onEvent({ ...event, data: event.data.join("\n") });
    event = { ...blank(), id: event.id };
  };
  return (piece) => {
    const lines = (rest + piece).split(/\r\n|\n|\r(?!$)/);
    rest = lines.pop();
    lines.forEach(take);
  };
}

const blank = () => ({ type: "message", data: [], id: "" });

function readField(event, line) {
  const [, name, value] = /^([^:]*)(?:: ?(.*))?$/.exec(line) ?? [];
  if (name === "data") event.data.push(value ?? "");
  else if (name === "event") event.type = value;
  else if (name === "id") event.id = value ?? "";
}

/**
 * Read a response until it ends.
 * @param {Response} response
 * @param {{onEvent: (event: ServerEvent) => void, onBytes: () => void}} listeners `onBytes` also sees keep-alive comments
 */
export async function readEvents(response, { onEvent, onBytes }) {
  const reader = response.body.getReader();
  const decoder = new TextDecoder();
  const parse = eventParser(onEvent);
  for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
    onBytes();
    parse(decoder.decode(piece.value, { stream: true }));
  }
}
