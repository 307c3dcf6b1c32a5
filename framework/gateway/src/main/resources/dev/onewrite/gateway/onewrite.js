/*
 * The browser's client of a Onewrite gateway.
 *
 * A message is written down in the browser (IndexedDB) with a key of its own before it is sent, and
 * is crossed out only when the server has said that it is committed. So it survives a reload, a
 * closed tab and a server that is gone; and because it is always sent under the same key, it takes
 * effect once however often it is sent. Messages to one entity are sent in the order they were
 * made, one at a time, whichever tab sends them.
 *
 * One tab at a time sends the messages to an entity and follows its state (Web Locks); it tells the
 * others (BroadcastChannel). So a browser has one stream for each entity, however many tabs.
 */

const RETRY_FIRST = 250;
const RETRY_MAX = 10_000;
const ANSWER_WITHIN = 60_000; // longer than the server's onewrite.ask-timeout
const SILENCE_MAX = 60_000; // some heartbeats of the server; then the connection is dead

/** This browser's clock is ahead: the message goes again, under a key without a time. */
const CLOCK_AHEAD = "OW174";

/** The answer of a server that refused: RFC 9457, with Onewrite's code. */
export class Problem extends Error {
  /** @param {{status: number, code?: string, title?: string, detail?: string}} answer */
  constructor(answer) {
    super(answer.detail || answer.title || `status ${answer.status}`);
    this.name = "Problem";
    this.status = answer.status;
    this.code = answer.code;
  }
}

/** A way to the entities behind one gateway. Make one for each page. */
export class Onewrite {
  #base;
  #headers;
  #database;
  #queue;
  #channel;
  #listeners = new Set();
  #waiters = new Map();
  #sending = new Set();
  #entities = new Map();
  #offline = false;
  #wake = new EventTarget();

  /**
   * @param {object} [options]
   * @param {string} [options.base] where the gateway is; the page's own origin by default
   * @param {() => Record<string, string>} [options.headers] of each request, asked for each time
   * @param {string} [options.database] the name under which messages are kept in this browser
   */
  constructor({ base = "", headers = () => ({}), database = "onewrite" } = {}) {
    this.#base = base;
    this.#headers = headers;
    this.#database = database;
    this.#queue = openQueue(database);
    this.#channel = new BroadcastChannel(`${database} ${base}`);
    this.#channel.onmessage = ({ data }) => this.#heard(data);
    globalThis.addEventListener("online", () => this.#wakeUp());
    this.#resume();
  }

  /** @returns {Entity} */
  entity(component, id) {
    const path = `/${encodeURIComponent(component)}/${encodeURIComponent(id)}`;
    if (!this.#entities.has(path)) {
      this.#entities.set(path, new Entity(this, component, id, path));
    }
    return this.#entities.get(path);
  }

  /**
   * What was made and is not confirmed: waiting to be sent, or refused with its problem.
   *
   * @returns {Promise<{key: string, component: string, id: string, type: string, data: object,
   *   at: number, problem?: {status: number, code?: string, message: string}}[]>}
   */
  async pending() {
    return (await this.#queue).all();
  }

  /** Calls `listener` whenever what is pending has changed, in this tab or another. */
  onChange(listener) {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Drops a message that was refused. One that waits may be under way and cannot be dropped. */
  async drop(key) {
    const queue = await this.#queue;
    const message = await queue.byKey(key);
    if (message?.problem) {
      await queue.remove(message.sequence);
      this.#tell({ kind: "changed" });
    }
  }

  /** While true nothing is sent and nothing followed, as if there were no network. */
  get offline() {
    return this.#offline;
  }

  set offline(offline) {
    this.#offline = offline;
    this.#wakeUp();
  }

  // Sending.

  async _send(entity, type, data) {
    const message = {
      key: uuid7(),
      component: entity.component,
      id: entity.id,
      path: entity.path,
      type,
      data,
      at: Date.now(),
    };
    const answered = new Promise((resolve, reject) => {
      this.#waiters.set(message.key, { resolve, reject });
    });
    answered.catch(() => {}); // a caller that does not look is told by pending()
    await (await this.#queue).add(message);
    this.#tell({ kind: "changed" });
    this.#drain(entity.path);
    return { key: message.key, answered };
  }

  async #resume() {
    const paths = new Set((await this.pending()).map((message) => message.path));
    paths.forEach((path) => this.#drain(path));
  }

  /** Sends what waits for one entity, until nothing does; one tab and one call at a time. */
  async #drain(path) {
    if (this.#sending.has(path)) {
      return; // it looks again before it ends
    }
    this.#sending.add(path);
    try {
      await exclusively(`${this.#database} send ${this.#base}${path}`, async () => {
        const queue = await this.#queue;
        for (let failures = 0, next; (next = await queue.first(path)); ) {
          const answer = this.#offline ? null : await this.#post(next);
          if (answer === null) {
            await this.#pause(failures++);
            continue;
          }
          failures = 0;
          if (answer.problem?.code === CLOCK_AHEAD && !next.sentAs) {
            await queue.update({ ...next, sentAs: uuid4() }); // nothing was done under the other
            continue;
          }
          if (answer.problem) {
            await queue.update({ ...next, problem: answer.problem });
          } else {
            await queue.remove(next.sequence);
          }
          this.#tell({ kind: "answered", key: next.key, ...answer });
        }
      });
    } finally {
      this.#sending.delete(path);
    }
    if (await (await this.#queue).first(path)) {
      this.#drain(path);
    }
  }

  /** The reply, or the problem; null if nobody can tell yet. */
  async #post(message) {
    let response;
    try {
      response = await fetch(this.#base + message.path, {
        method: "POST",
        headers: {
          ...this.#headers(),
          "Content-Type": "application/json",
          "Idempotency-Key": message.sentAs ?? message.key,
        },
        body: JSON.stringify({ type: message.type, data: message.data }),
        signal: AbortSignal.timeout(ANSWER_WITHIN),
      });
      if (response.ok) {
        return { reply: response.status === 204 ? null : await response.json() };
      }
      if (isForNow(response.status)) {
        return null;
      }
      const { message: text, status, code } = await problemOf(response);
      return { problem: { message: text, status, code } };
    } catch {
      return null; // no connection, or it broke: perhaps committed, so it is sent again
    }
  }

  // Asking and following.

  async _ask(entity, question, data) {
    const query = `?data=${encodeURIComponent(JSON.stringify(data))}`;
    const response = await fetch(
      `${this.#base}${entity.path}/${encodeURIComponent(question)}${query}`,
      { headers: this.#headers() },
    );
    if (!response.ok) {
      throw await problemOf(response);
    }
    return response.status === 204 ? null : response.json();
  }

  /** Follows one entity for all tabs, for as long as `followed()`; offline, another tab may. */
  async _follow(entity, followed) {
    while (followed()) {
      if (!this.#offline) {
        await exclusively(`${this.#database} follow ${this.#base}${entity.path}`, async () => {
          for (let failures = 0; followed() && !this.#offline; ) {
            failures = (await this.#stream(entity, followed)) ? 0 : failures;
            this.#tell({ kind: "silent", path: entity.path });
            if (followed() && !this.#offline) {
              await this.#pause(failures++);
            }
          }
        });
      }
      entity._show({ live: false });
      if (followed()) {
        await this.#pause(0);
      }
    }
  }

  /** One stream, until it ends; whether anything came. */
  async #stream(entity, followed) {
    const ended = new AbortController();
    const end = () => (this.#offline || !followed()) && ended.abort();
    this.#wake.addEventListener("wake", end);
    let came = false;
    let silence;
    try {
      const seen = entity.last?.sequenceNumber;
      const response = await fetch(this.#base + entity.path, {
        headers: {
          ...this.#headers(),
          Accept: "text/event-stream",
          ...(seen === undefined ? {} : { "Last-Event-ID": String(seen) }),
        },
        cache: "no-store",
        signal: ended.signal,
      });
      if (!response.ok) {
        return false;
      }
      came = true;
      this.#tell({ kind: "live", path: entity.path });
      const heard = () => {
        clearTimeout(silence);
        silence = setTimeout(() => ended.abort(), SILENCE_MAX);
      };
      heard();
      for await (const data of events(response.body, heard)) {
        this.#tell({ kind: "state", path: entity.path, state: JSON.parse(data) });
      }
    } catch {
      // broken off; it is opened again where it ended
    } finally {
      clearTimeout(silence);
      this.#wake.removeEventListener("wake", end);
    }
    return came;
  }

  _unfollowed() {
    this.#wakeUp();
  }

  /** Another tab may follow it already and knows its state. */
  _askTabs(path) {
    this.#channel.postMessage({ kind: "ask", path });
  }

  // Between tabs.

  #tell(news) {
    this.#channel.postMessage(news);
    this.#heard(news);
  }

  #heard(news) {
    const entity = this.#entities.get(news.path);
    switch (news.kind) {
      case "answered": {
        const waiter = this.#waiters.get(news.key);
        this.#waiters.delete(news.key);
        if (news.problem) {
          waiter?.reject(new Problem({ ...news.problem, detail: news.problem.message }));
        } else {
          waiter?.resolve(news.reply);
        }
        this.#listeners.forEach((listener) => listener());
        break;
      }
      case "changed":
        this.#listeners.forEach((listener) => listener());
        break;
      case "state":
        entity?._show({ ...news.state, live: true });
        break;
      case "live":
        entity?._show({ live: true });
        break;
      case "silent":
        entity?._show({ live: false });
        break;
      case "ask":
        if (entity?.last?.live) {
          const { live, ...state } = entity.last;
          this.#channel.postMessage({ kind: "state", path: news.path, state });
        }
        break;
      default: // of a newer page in another tab
    }
  }

  #wakeUp() {
    this.#wake.dispatchEvent(new Event("wake"));
  }

  /** Longer after each failure, never in step with other clients; shorter if the network is back. */
  #pause(failures) {
    const longest = Math.min(RETRY_MAX, RETRY_FIRST * 2 ** Math.min(failures, 10));
    const millis = longest * (0.5 + Math.random() / 2);
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer);
        this.#wake.removeEventListener("wake", done);
        resolve();
      };
      const timer = setTimeout(done, millis);
      this.#wake.addEventListener("wake", done);
    });
  }
}

/** One entity. */
class Entity {
  #client;
  #followers = new Set();
  #following = false;

  /** The newest state seen, with `live`: whether a newer one would be seen. */
  last = undefined;

  constructor(client, component, id, path) {
    this.#client = client;
    this.component = component;
    this.id = id;
    this.path = path;
  }

  /**
   * Sends a message. The call returns when the message is safe in this browser.
   *
   * @returns {Promise<{key: string, answered: Promise<{type: string, data: object} | null>}>}
   *   `answered` ends when the server has committed it, with its reply, or with a {@link Problem} if
   *   it was refused. It does not outlive the page; the message does, see {@link Onewrite#pending}
   */
  send(type, data = {}) {
    return this.#client._send(this, type, data);
  }

  /** Asks a read-only question. @returns {Promise<{type: string, data: object} | null>} */
  ask(question, data = {}) {
    return this.#client._ask(this, question, data);
  }

  /**
   * Shows `listener` the committed states: `{sequenceNumber, active, context, live}`. `live` is false
   * while the server cannot be reached: then this is the last that was known.
   *
   * @returns {() => void} ends it
   */
  follow(listener) {
    this.#followers.add(listener);
    if (this.last) {
      listener(this.last);
    }
    if (!this.#following) {
      this.#following = true;
      this.#client._askTabs(this.path);
      this.#client
        ._follow(this, () => this.#followers.size > 0)
        .finally(() => (this.#following = false));
    }
    return () => {
      this.#followers.delete(listener);
      this.#client._unfollowed();
    };
  }

  _show(news) {
    const next = { ...this.last, ...news };
    const known = this.last;
    this.last = next;
    if (next.sequenceNumber === undefined) {
      return; // connected, and nothing seen yet
    }
    if (known?.sequenceNumber !== next.sequenceNumber || known?.live !== next.live) {
      this.#followers.forEach((listener) => listener(next));
    }
  }
}

/** Nobody refused: the server is busy, is gone, does not know us yet. */
function isForNow(status) {
  return status >= 500 || status === 408 || status === 429 || status === 401;
}

async function problemOf(response) {
  const answer = await response.json().catch(() => ({}));
  return new Problem({ ...answer, status: response.status });
}

/** The data of server-sent events; `heard` is called for heartbeats too. */
async function* events(body, heard) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  for (;;) {
    const { done, value } = await reader.read();
    if (done) {
      return;
    }
    heard();
    text += value;
    const blocks = text.split("\n\n");
    text = blocks.pop();
    for (const block of blocks) {
      const data = block
        .split("\n")
        .filter((line) => line.startsWith("data: "))
        .map((line) => line.slice(6));
      if (data.length > 0) {
        yield data.join("\n");
      }
    }
  }
}

/**
 * Runs `work` while no other tab runs any under this name. A page without Web Locks (no TLS, not
 * localhost) goes ahead: what two tabs send twice has the same key and counts once.
 */
async function exclusively(name, work) {
  return navigator.locks ? navigator.locks.request(name, work) : work();
}

/** Rises with time, as the server's own ids do (RFC 9562, version 7). */
function uuid7() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  const now = Date.now();
  for (let i = 0; i < 6; i++) {
    bytes[i] = Math.floor(now / 2 ** (8 * (5 - i)));
  }
  return uuid(bytes, 7);
}

/** Without a time; `crypto.randomUUID` is only there on pages with TLS. */
function uuid4() {
  return uuid(crypto.getRandomValues(new Uint8Array(16)), 4);
}

function uuid(bytes, version) {
  bytes[6] = (version << 4) | (bytes[6] & 0x0f);
  bytes[8] = 0x80 | (bytes[8] & 0x3f);
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

// The queue: messages that are not confirmed, in the order they were made.

async function openQueue(name) {
  const opening = indexedDB.open(name, 1);
  opening.onupgradeneeded = () => {
    const messages = opening.result.createObjectStore("messages", {
      keyPath: "sequence",
      autoIncrement: true,
    });
    messages.createIndex("path", "path");
    messages.createIndex("key", "key", { unique: true });
  };
  const database = await result(opening);
  const run = (mode, work) => {
    const transaction = database.transaction("messages", mode, { durability: "strict" });
    const outcome = result(work(transaction.objectStore("messages")));
    return new Promise((resolve, reject) => {
      transaction.oncomplete = () => resolve(outcome);
      transaction.onabort = () => reject(transaction.error);
    });
  };
  return {
    add: (message) => run("readwrite", (messages) => messages.add(message)),
    update: (message) => run("readwrite", (messages) => messages.put(message)),
    remove: (sequence) => run("readwrite", (messages) => messages.delete(sequence)),
    all: () => run("readonly", (messages) => messages.getAll()),
    byKey: (key) => run("readonly", (messages) => messages.index("key").get(key)),
    first: async (path) =>
      (await run("readonly", (messages) => messages.index("path").getAll(path))).find(
        (message) => !message.problem,
      ),
  };
}

function result(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}
