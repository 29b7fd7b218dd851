{
document.documentElement.classList.remove("no-js");
document.querySelector(".errors")?.focus();
document.addEventListener("keydown", (event) => {
if (event.key !== "Escape") return;
const open = document.querySelector("details.langs[open], details.raillangs[open]");
if (open) { open.open = false; open.querySelector("summary").focus(); }
});
document.addEventListener("submit", (event) => {
const form = event.target;
if (form.method !== "post" || form.hasAttribute("hx-post")) return;
if (form.dataset.sending) { event.preventDefault(); return; }
form.dataset.sending = "1";
setTimeout(() => delete form.dataset.sending, 4000);
});
addEventListener("pageshow", () => { for (const form of document.querySelectorAll("[data-sending]")) delete form.dataset.sending; });
document.addEventListener("htmx:before:swap", (event) => {
const { ctx } = event.detail;
const page = new DOMParser().parseFromString(ctx.text, "text/html");
if (ctx.response.status < 400 && (!ctx.select || page.querySelector(ctx.select))) return;
event.preventDefault();
const [now, then] = [document.querySelector("main"), page.querySelector("main")];
if (!now || !then) { location.reload(); return; }
document.title = page.title;
now.replaceWith(then);
then.focus();
scrollTo(0, 0);
});
document.addEventListener("htmx:error", (event) => event.target.closest?.("form")?.submit());
const place = document.querySelector("script[data-htmx]");
if (place && document.querySelector("[hx-post], [hx-get]")) {
const signs = ["pointerover", "pointerdown", "focusin", "keydown", "scroll"];
const fetchIt = () => {
for (const sign of signs) removeEventListener(sign, fetchIt, true);
document.head.append(Object.assign(document.createElement("script"), { src: place.dataset.htmx }));
};
for (const sign of signs) addEventListener(sign, fetchIt, { capture: true, passive: true });
}
}
{
const store = {
key: (form) => `draft:${form.dataset.draft}`,
read(form) { try { return JSON.parse(localStorage.getItem(this.key(form)) || "null")?.values ?? null; } catch { return null; } },
write(form, values) { try { localStorage.setItem(this.key(form), JSON.stringify({ at: Date.now(), values })); } catch { /* full or off */ } },
drop(form) { try { localStorage.removeItem(this.key(form)); } catch { /* off */ } },
};
const kept = (field) => field.name && field.name !== "csrf_token" && !["hidden", "password", "file", "submit"].includes(field.type);
const ticked = (field) => field.type === "checkbox" || field.type === "radio";
const take = (form) => {
const values = [];
for (const field of form.elements) if (kept(field)) values.push([field.name, ticked(field) ? field.value : "", ticked(field) ? field.checked : field.value]);
return values;
};
const put = (form, values) => {
for (const [name, value, now] of values) {
for (const field of form.elements) {
if (!kept(field) || field.name !== name) continue;
if (ticked(field)) { if (field.value === value) field.checked = now; } else field.value = now;
}
}
};
const came = performance.getEntriesByType("navigation")[0]?.type === "navigate";
const failed = document.querySelector(".oops, [data-signed-out]");
try {
for (const key of Object.keys(localStorage).filter((k) => /^(draft|sent):/.test(k))) {
const { at } = JSON.parse(localStorage.getItem(key)) || {};
if (!(at > Date.now() - 24 * 3600 * 1000)) localStorage.removeItem(key); // a phone may be shared: one day is enough
}
for (const key of Object.keys(localStorage).filter((k) => k.startsWith("sent:"))) {
if (failed || !came) localStorage.setItem(key.replace("sent:", "draft:"), localStorage.getItem(key));
localStorage.removeItem(key);
}
} catch { /* storage may be shut off */ }
for (const form of document.querySelectorAll("form[data-draft]")) {
const before = JSON.stringify(take(form));
const draft = store.read(form);
const wrong = form.querySelector("[aria-invalid=true], .errors");
if (draft && !wrong && JSON.stringify(draft) !== before) put(form, draft);
let later;
const save = () => {
if (document.documentElement.dataset.left) return;
const now = take(form); if (JSON.stringify(now) === before) store.drop(form); else store.write(form, now);
};
form.addEventListener("input", () => { clearTimeout(later); later = setTimeout(save, 400); });
form.addEventListener("change", save);
addEventListener("pagehide", () => { if (!form.dataset.gone) save(); });
form.addEventListener("submit", () => {
clearTimeout(later);
form.dataset.gone = "1";
try { localStorage.setItem(store.key(form).replace("draft:", "sent:"), JSON.stringify({ at: Date.now(), values: take(form) })); } catch { /* off */ }
store.drop(form);
});
}
}
for (const form of document.querySelectorAll("form.steps")) {
const parts = [...form.querySelectorAll(":scope > [data-step]")];
const last = form.querySelector(":scope > [data-last]");
if (parts.length < 2 || !last || form.querySelector("[aria-invalid=true], .errors, .field--bad")) continue;
const words = form.dataset;
const make = (tag, css, text) => {
const made = document.createElement(tag);
made.className = css;
if (text) made.textContent = text;
return made;
};
const where = make("div", "where");
const line = make("p", "");
const [now, then] = [make("b", ""), make("span", "soft")];
const dots = make("ol", "dots");
dots.setAttribute("aria-label", words.steps);
line.append(now, then);
where.append(line, dots);
form.prepend(where);
const next = make("button", "go", words.next);
const back = make("button", "quiet", words.back);
next.type = back.type = "button";
last.before(next, back);
let shown = 0;
const show = (to, focus) => {
shown = to;
parts.forEach((part, n) => { part.hidden = n !== to; });
const end = to === parts.length - 1;
last.hidden = !end;
next.hidden = end;
back.hidden = to === 0;
now.textContent = words.where.replace("{now}", to + 1).replace("{all}", parts.length);
then.textContent = end ? "" : words.then.replace("{name}", parts[to + 1].dataset.step);
dots.replaceChildren(...parts.map((part, n) => {
const dot = make("li", n < to ? "done" : n === to ? "now" : "");
dot.append(make("span", "vh", part.dataset.step));
if (n === to) { dot.setAttribute("aria-current", "step"); dot.append(make("b", "", String(n + 1))); }
return dot;
}));
if (focus) { parts[to].tabIndex = -1; parts[to].focus({ preventScroll: true }); where.scrollIntoView({ block: "center" }); }
};
next.addEventListener("click", () => show(shown + 1, true));
back.addEventListener("click", () => show(shown - 1, true));
form.addEventListener("keydown", (event) => {
if (event.key === "Enter" && event.target.tagName === "INPUT" && shown < parts.length - 1) { event.preventDefault(); show(shown + 1, true); }
});
show(0, false);
}
{
const form = document.querySelector("form[data-leave]");
const wipe = () => {
document.documentElement.dataset.left = "1"; // no draft is saved after this
try { localStorage.clear(); sessionStorage.clear(); } catch { /* storage may be shut off */ }
};
if (form) {
form.addEventListener("submit", wipe);
let times = [];
document.addEventListener("keydown", (event) => {
if (event.key !== "Escape") { times = []; return; }
const now = Date.now();
times = times.filter((t) => now - t < 2000).concat(now);
if (times.length >= 3) {
document.documentElement.hidden = true;
wipe();
form.submit();
}
});
}
}
