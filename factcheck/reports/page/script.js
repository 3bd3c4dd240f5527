"use strict";
// The page can be read without this. It reads names of our own making (claim-1-2, finding-1-2) and writes only classes and focus.
const root = document.documentElement;
const all = (query, within = document) => [...within.querySelectorAll(query)];
const box = (id) => document.getElementById(id);
const HOVER_MS = 140;
const findings = all(".finding").map((card) => ({
  card,
  key: card.id.slice("finding-".length),
  verdict: ["contradicted", "disputed", "unsupported", "supported"].find((v) => card.classList.contains(v)),
  sources: card.dataset.sources.split(" "),
  column: card.parentElement,
}));
const byKey = new Map(findings.map((f) => [f.key, f]));
const alarms = findings.filter((f) => (f.verdict === "contradicted" || f.verdict === "disputed") && !f.card.classList.contains("aside"));
const marks = all("mark.claim").map((mark) => ({ mark, keys: mark.dataset.claims.split(" ") }));
let active = null;
let hover = 0;

const seen = (f) => box(`show-${f.verdict}`).checked && (!box("source").value || f.sources.includes(box("source").value));
const linked = (f) => box(`claim-${f.key}`);

function show(f) {
  for (const other of findings) if (other.column === f.column) other.card.classList.toggle("shown", other === f);
  for (const { mark, keys } of marks) {
    if (f.column.parentElement.contains(mark)) mark.classList.toggle("on", keys.includes(f.key));
  }
  for (const link of all(".reference.on", f.column.parentElement)) link.classList.remove("on");
  linked(f).classList.add("on");
  f.card.open = true;
}

function activate(f) {
  active?.card.classList.remove("active");
  active = f;
  f.card.classList.add("active");
  f.column.scrollTop = 0;
  show(f);
}

/** Back to the text; the next alarm is still the one after this. */
function close(f) {
  active?.card.classList.remove("active");
  if (f) linked(f).focus();
}

function step(by) {
  const open = alarms.filter(seen);
  if (!open.length) return;
  const at = active ? open.indexOf(active) : by > 0 ? -1 : 0;
  const next = open[(at + by + open.length) % open.length];
  activate(next);
  linked(next).focus({ preventScroll: true });
  linked(next).scrollIntoView({ block: "center" });
}

function filter() {
  const count = findings.filter(seen).length;
  for (const f of findings) {
    const away = !seen(f);
    for (const part of all(`[data-claims="${f.key}"]:not(mark, a:not(.reference))`)) part.classList.toggle("elsewhere", away);
    f.card.classList.toggle("elsewhere", away);
  }
  for (const { mark, keys } of marks) {
    for (const verdict of ["contradicted", "disputed", "unsupported", "supported"]) {
      mark.classList.toggle(verdict, keys.some((key) => byKey.get(key).verdict === verdict && seen(byKey.get(key))));
    }
  }
  for (const column of all(".findings")) {
    const here = findings.filter((f) => f.column === column && seen(f));
    if (here.length && !here.some((f) => f.card.classList.contains("shown"))) show(here.find((f) => alarms.includes(f)) ?? here[0]);
  }
  box("shown").textContent = `${count} of ${findings.length} findings shown`;
}

/** The claim that a click on words means: the worst that is seen; a further click, the next that the words are part of. */
function meant(mark) {
  const open = mark.dataset.claims.split(" ").map((key) => byKey.get(key)).filter(seen);
  const at = active?.card.classList.contains("active") ? open.indexOf(active) : -1;
  return open[(at + 1) % open.length];
}

if (findings.length) {
  root.classList.add("scripted");
  filter();
  const start = byKey.get(location.hash.replace(/^#(finding|claim)-/, ""));
  if (start) activate(start);

  document.addEventListener("click", (event) => {
    if (event.target.closest(".back")) {
      event.preventDefault();
      close(findings.find((f) => f.card.contains(event.target)));
      return;
    }
    const link = event.target.closest('a[href^="#finding-"]');
    const mark = event.target.closest("mark.claim");
    const f = link ? byKey.get(link.getAttribute("href").slice("#finding-".length)) : mark && meant(mark);
    if (!f) return;
    event.preventDefault();
    activate(f);
    if (link && !link.classList.contains("reference")) linked(f).scrollIntoView({ block: "center" });
    // From the keyboard the reader goes on in the finding, with the pointer in the text.
    if (event.detail === 0 || link) f.card.focus({ preventScroll: true });
  });
  document.addEventListener("pointerover", (event) => {
    const mark = event.pointerType === "mouse" && event.target.closest("mark.claim, .reference");
    clearTimeout(hover);
    if (mark) hover = setTimeout(() => { const f = mark.matches("mark") ? meant(mark) : byKey.get(mark.dataset.claims); if (f) show(f); }, HOVER_MS);
    else if (active && event.target.closest(".prose")) hover = setTimeout(() => show(active), HOVER_MS);
  });
  document.addEventListener("focusin", (event) => {
    if (event.target.matches(".reference")) show(byKey.get(event.target.dataset.claims));
  });
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.target.matches("select")) return;
    if (event.key === "Escape") close(active);
    else if (box("keys").checked && event.key === "j") step(1);
    else if (box("keys").checked && event.key === "k") step(-1);
    else return;
    event.preventDefault();
  });
  for (const id of ["contradicted", "disputed", "unsupported", "supported"].map((v) => `show-${v}`)) box(id).addEventListener("change", filter);
  box("source").addEventListener("change", filter);
  box("next").addEventListener("click", () => step(1));
  box("previous").addEventListener("click", () => step(-1));
  addEventListener("beforeprint", () => { for (const f of findings) f.card.open = true; });
}
