// Leave quickly: the button, or Escape three times within two seconds. Clears what this device kept and goes.
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
