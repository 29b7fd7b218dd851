// One thing a screen: a form with class "steps" shows its parts (data-step) one after the other, with dots, Next and Back.
// Without JavaScript, and when something is wrong in the form, all parts stand below each other on one page.
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
