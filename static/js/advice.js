// The editor saves by itself a moment after somebody stops typing; without JavaScript the button does.
const place = () => document.querySelector("#kept");
const form = place()?.closest("form");
if (form) {
  const said = form.querySelector("[role=status]");
  let later, busy = false, again = false;
  const keep = async () => {
    if (busy) { again = true; return; }
    busy = true;
    try {
      const reply = await fetch(place().dataset.keep, { method: "POST", body: new FormData(form), redirect: "manual", headers: { "HX-Request": "true" } });
      if (!reply.ok) throw new Error(reply.status);
      const page = new DOMParser().parseFromString(await reply.text(), "text/html");
      for (const part of page.querySelectorAll("[data-kept]")) {
        const old = document.getElementById(part.id);
        // Hints that somebody opened stay open.
        if (old?.querySelector("details[open]")) part.querySelector("details")?.setAttribute("open", "");
        old?.replaceWith(part);
      }
      said.textContent = place().dataset.said;
    } catch {
      // A broken line, or signed out meanwhile: what was typed stays in the page.
      said.textContent = place().dataset.lost;
    }
    busy = false;
    if (again) { again = false; keep(); }
  };
  form.addEventListener("input", () => { clearTimeout(later); later = setTimeout(keep, 1500); });
  form.addEventListener("submit", () => clearTimeout(later));
}
