// Small comforts of every page: focus goes to the error summary; menus close with Escape; a form is not sent twice.
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
  // htmx replaces one part of the page. When the reply is a refusal, or lacks that part, its whole text is shown instead.
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
  // A broken line: send the form the plain way, so that the browser says what is the matter and can try again.
  document.addEventListener("htmx:error", (event) => event.target.closest?.("form")?.submit());
  // htmx is fetched at the first sign of life on a page that has use for it; until then forms work the plain way.
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
