// The card's square code carries its token after the # of the address, which no server and no log sees.
// We take it out of the address at once, put it in the small form for it, and send that.
const field = document.querySelector("[data-card-token]");
const token = new URLSearchParams(location.hash.slice(1)).get("t");
if (field && token && /^[\w-]{22}$/.test(token)) {
  history.replaceState(null, "", location.pathname + location.search);
  field.value = token;
  field.form.requestSubmit();
}
