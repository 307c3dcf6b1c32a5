import { Onewrite } from "/onewrite.js";

const onewrite = new Onewrite();
onewrite.offline = sessionStorage.getItem("offline") === "true";
const $ = (id) => document.getElementById(id);

// Which form: in the address, so that another tab can follow it.
const id = location.hash.slice(1) || localStorage.getItem("form") || newId();
history.replaceState(null, "", `#${id}`);
localStorage.setItem("form", id);

const form = onewrite.entity("form", id);
const audit = onewrite.entity("audit", "log");

let state; // the newest committed one
let pending = []; // what is in this browser and not confirmed
let touched = false; // whether the fields are the user's own by now

function newId() {
  return `form-${crypto.randomUUID().slice(0, 8)}`;
}

// What the user does.

$("form").addEventListener("input", () => (touched = true));

$("form").addEventListener("submit", async (event) => {
  event.preventDefault();
  const subject = $("subject").value.trim();
  $("subject-error").hidden = subject !== "";
  $("subject").setAttribute("aria-invalid", String(subject === ""));
  if (subject === "") {
    $("subject").focus();
    return;
  }
  await form.send("save", { subject, text: $("text").value });
});

$("another").addEventListener("click", () => {
  localStorage.setItem("form", newId());
  location.hash = "";
  location.reload();
});

$("offline").addEventListener("click", () => {
  onewrite.offline = !onewrite.offline;
  sessionStorage.setItem("offline", String(onewrite.offline));
  show();
});

$("kill").addEventListener("click", () => {
  fetch("/kill", { method: "POST", headers: { "X-Kill": "please" } }).catch(() => {});
});

// What is true.

onewrite.onChange(refresh);
await refresh();

form.follow((next) => {
  const news = state?.sequenceNumber !== next.sequenceNumber;
  state = next;
  if (!touched && next.context.shown.number > 0) {
    $("subject").value = next.context.shown.subject;
    $("text").value = next.context.shown.text;
  }
  show();
  if (news) {
    showBatches();
  }
});

audit.follow((next) => {
  const entries = [...next.context.entries].reverse();
  $("audit").replaceChildren(...entries.map(auditEntry));
  $("audit-empty").hidden = entries.length > 0;
  showBatches();
});

async function refresh() {
  pending = (await onewrite.pending()).filter((message) => message.id === id);
  show();
}

function show() {
  const live = Boolean(state?.live) && !onewrite.offline;
  $("connection").dataset.live = String(live);
  $("offline").setAttribute("aria-pressed", String(onewrite.offline));
  say("connection", onewrite.offline ? "offline" : live ? "live" : "connecting");

  const { tone, what, detail } = truth();
  $("truth").dataset.tone = tone;
  say("truth-what", what);
  say("truth-detail", detail);

  const active = state?.active ?? [];
  for (const node of document.querySelectorAll("#machine .state")) {
    node.classList.toggle("lit", active.includes(node.dataset.state));
  }
  $("machine").setAttribute(
    "aria-label",
    `The form's states: editing, saving, saved. It is ${active.join(", ").toLowerCase() || "not known yet"}.`,
  );

  $("refused").replaceChildren(...pending.filter((message) => message.problem).map(refusal));
}

/** One sentence that holds, whatever is down. */
function truth() {
  const waiting = pending.filter((message) => !message.problem).length;
  if (waiting > 0) {
    const saves = waiting === 1 ? "One save is" : `${waiting} saves are`;
    return {
      tone: "busy",
      what: `${saves} safe in this browser.`,
      detail: onewrite.offline
        ? "To be sent when you are online again, in order, once each. Reload if you like."
        : "On the way to the server. Not confirmed yet.",
    };
  }
  if (!state || state.context.shown.number === 0) {
    return { tone: "idle", what: "Nothing saved yet.", detail: "" };
  }
  const { shown, saved, receipt, trouble, waiting: queue } = state.context;
  const known = state.live && !onewrite.offline ? "" : "As last seen: ";
  if (state.active.includes("SAVING")) {
    return {
      tone: "busy",
      what: `${known}Saving revision ${shown.number}.`,
      detail: `Committed. The registry has ${queue.length} to go; no crash will lose or double one.`,
    };
  }
  if (trouble) {
    return {
      tone: "bad",
      what: `${known}The registry gave up on revision ${queue[0].number}.`,
      detail: `${trouble}. Your text is kept; Save tries again.`,
    };
  }
  return {
    tone: "done",
    what: `${known}Saved as revision ${saved}.`,
    detail: `The registry's receipt is ${receipt}.`,
  };
}

/** Writes it only if it is new: a screen reader reads out what is written. */
function say(where, text) {
  if ($(where).textContent !== text) {
    $(where).textContent = text;
  }
}

function auditEntry(entry) {
  const item = element("li", "", element("span", entry.subject), element("small", entry.receipt));
  item.append(element("small", `${entry.form}, revision ${entry.revision}`));
  item.dataset.key = `${entry.form}/${entry.revision}`;
  return item;
}

function refusal(message) {
  const drop = element("button", "Drop it");
  drop.type = "button";
  drop.addEventListener("click", () => onewrite.drop(message.key));
  return element("li", "", element("span", `Refused: ${message.problem.message}`), drop);
}

// The strip.

let showing = false;
let showAgain = false;

async function showBatches() {
  if (showing) {
    showAgain = true;
    return;
  }
  showing = true;
  do {
    showAgain = false;
    await showBatchesOnce();
  } while (showAgain);
  showing = false;
}

async function showBatchesOnce() {
  if (onewrite.offline) {
    return;
  }
  try {
    const all = await Promise.all(
      [form, audit].map(async (entity) => {
        const response = await fetch(`/journal${entity.path}`);
        return (await response.json()).map((batch) => ({ ...batch, component: entity.component }));
      }),
    );
    const newestFirst = all.flat().sort((a, b) => b.at.localeCompare(a.at) || b.number - a.number);
    $("batches").replaceChildren(...newestFirst.slice(0, 12).map(batchCard));
  } catch {
    // The server is gone. What is shown is still true; the next state brings the rest.
  }
}

function batchCard(batch) {
  const card = element("li", "", element("b", `${batch.component} #${batch.number}`));
  card.dataset.component = batch.component;
  const lines = [
    `← ${cause(batch.cause)}`,
    ...batch.events.map((event) => `${event.type}`),
    ...(batch.component === "form" ? [`= ${batch.states.join(", ").toLowerCase()}`] : []),
    ...batch.outgoings.map((out) => (out.invokes ? `→ calls ${out.invokes.split(" ")[0]}` : `→ ${out.message.type}`)),
    ...(batch.reply ? [`↩ ${batch.reply.type}`] : []),
  ];
  card.append(...lines.map((line) => element("code", line)));
  return card;
}

function cause({ requested, delivered, completed, fired, sender }) {
  if (requested) {
    return "a request";
  }
  if (delivered) {
    return `delivered from ${sender.split(/[|/]/)[0]}`;
  }
  return completed ? "the registry's answer" : `timer ${fired}`;
}

function element(name, text, ...children) {
  const made = document.createElement(name);
  made.textContent = text;
  made.append(...children);
  return made;
}
