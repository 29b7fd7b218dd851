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
}
