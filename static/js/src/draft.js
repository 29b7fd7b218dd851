// Drafts: what is typed in a form with data-draft stays on this device until it is sent, or until one leaves.
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
  // A sent draft waits until a page of ours comes back. An error page, the sign-in (one was signed out while typing), or
  // coming back over a broken line, returns it; any other page means that the words have arrived.
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
