// A ballot made smoother: taps for places, less and more for dots, what is left of the money, reading aloud.
// What is sent stays in the fields of the plain form; without JavaScript those are used themselves.
const make = (tag, css, text = "") => Object.assign(document.createElement(tag), { className: css, textContent: text });
const fill = (words, values) => words.replace(/\{(\w+)\}/g, (_, name) => values[name]);
const title = (card) => card.querySelector("b").textContent;

// The line that says what is left stands above the list and once more below it; only the first is read out.
const purses = (group) => {
  const first = group.querySelector(".purse");
  const last = first.cloneNode(true);
  last.querySelector("b").removeAttribute("role");
  last.ariaHidden = "true";
  group.append(last);
  first.hidden = last.hidden = false;
  return (words, over = false) => {
    for (const purse of [first, last]) {
      purse.querySelector("b").textContent = words;
      purse.classList.toggle("purse--over", over);
    }
    return [first, last];
  };
};

const shapes = {
  // Tap the best first, then the next; a tap on one that has a place takes it out, and the others move up.
  ranked(group) {
    const say = purses(group);
    const words = group.querySelector(".purse").dataset;
    const cards = [...group.querySelectorAll(".opt")].map((card) => {
      const select = card.querySelector("select");
      const button = make("button", "turn");
      button.type = "button";
      select.closest("label").hidden = true;
      card.querySelector(".opt__head").append(button);
      return { card, select, button };
    });
    const place = ({ select }) => Number(select.value.split(":")[1]);
    const again = make("button", "quiet", words.again);
    again.type = "button";
    const show = () => {
      const done = cards.filter(place).length;
      again.hidden = !done;
      for (const x of cards) {
        const n = place(x);
        x.card.classList.toggle("opt--on", n > 0);
        x.button.ariaPressed = String(n > 0);
        x.button.textContent = n || "+";
        x.button.ariaLabel = `${title(x.card)}: ${n ? fill(words.place, { n }) : words.none}`;
      }
      say(`${done ? "" : `${words.tap} `}${fill(words.words, { n: done, all: cards.length })}`);
    };
    const set = (placed) => {
      for (const x of cards) {
        const n = placed.indexOf(x) + 1;
        x.select.selectedIndex = n;
      }
      show();
    };
    const ranking = () => cards.filter(place).sort((a, b) => place(a) - place(b));
    for (const x of cards) {
      x.card.addEventListener("click", (event) => {
        if (event.target.closest(".play")) return;
        set(place(x) ? ranking().filter((y) => y !== x) : [...ranking(), x]);
      });
    }
    again.addEventListener("click", () => set([]));
    group.querySelector(".purse").append(again);
    show();
  },
  dots(group) {
    const say = purses(group);
    const words = group.querySelector(".purse").dataset;
    const all = Number(group.dataset.top);
    const selects = [...group.querySelectorAll("select")];
    const left = () => all - selects.reduce((sum, select) => sum + select.selectedIndex, 0);
    const shows = selects.map((select) => {
      const label = select.closest("label");
      const card = label.closest(".opt");
      const row = make("div", "turns");
      const turn = (sign, by, about) => {
        const button = make("button", "turn", sign);
        button.type = "button";
        button.ariaLabel = `${about}: ${title(card)}`;
        button.addEventListener("click", () => {
          if (button.ariaDisabled === "true") return;
          select.selectedIndex += by;
          show();
        });
        return button;
      };
      const [less, more, dots] = [turn("\u2212", -1, words.less), turn("+", 1, words.more), make("span", "ppl")];
      dots.setAttribute("role", "img");
      row.append(less, dots, more);
      label.hidden = true;
      label.before(row);
      return () => {
        const n = select.selectedIndex;
        dots.replaceChildren(...Array.from({ length: n }, () => make("i", "on")));
        dots.ariaLabel = String(n);
        card.classList.toggle("opt--on", n > 0);
        less.ariaDisabled = String(n === 0);
        more.ariaDisabled = String(left() <= 0);
      };
    });
    const show = () => {
      for (const one of shows) one();
      const rest = left();
      say(rest < 0 ? fill(words.over, { n: -rest }) : fill(words.left, { n: rest, all }), rest < 0);
    };
    show();
  },
  budget(group) {
    if (!group.querySelector(".purse")) return;
    const say = purses(group);
    const words = group.querySelector(".purse").dataset;
    const digits = new Intl.NumberFormat(document.documentElement.lang, { numberingSystem: "latn" });
    const show = () => {
      const spent = [...group.querySelectorAll(":checked[data-cost]")].reduce((sum, box) => sum + Number(box.dataset.cost), 0);
      const rest = Number(words.total) - spent;
      const money = words.money.replace("0", digits.format(Math.abs(rest)));
      for (const purse of say(fill(rest < 0 ? words.over : words.left, { n: money }), rest < 0)) {
        purse.querySelector("rect").setAttribute("width", Math.max(rest, 0));
      }
    };
    group.addEventListener("change", show);
    show();
  },
};
for (const group of document.querySelectorAll("[data-choose]")) shapes[group.dataset.choose]?.(group);

// Reading aloud, only with a voice that lives on this device: what somebody listens to goes to nobody.
const button = document.querySelector("#listen")?.content.firstElementChild;
if (button && "speechSynthesis" in window) {
  const voice = (lang) => speechSynthesis.getVoices().find((v) => v.localService && v.lang.toLowerCase().split(/[-_]/)[0] === lang.split("-")[0]);
  const pieces = (what) => {
    const parts = [...what.querySelectorAll("[lang]:not(.vh *), .cost")];
    return (parts.length ? parts : [what.querySelector("b")]).map((part) => ({
      lang: part.lang || document.documentElement.lang,
      // A code is read figure by figure.
      text: parts.length ? part.textContent : part.textContent.replace(/\d/g, "$& "),
    }));
  };
  const offer = () => {
    for (const what of document.querySelectorAll("[data-say]:not([data-said]), [data-choose] .pick:not([data-said])")) {
      const read = pieces(what);
      if (!read.every(({ lang }) => voice(lang))) continue;
      what.dataset.said = "1";
      const play = button.cloneNode(true);
      play.addEventListener("click", () => {
        const stop = speechSynthesis.speaking && play.ariaPressed === "true";
        speechSynthesis.cancel();
        for (const other of document.querySelectorAll(".play")) other.ariaPressed = "false";
        if (stop) return;
        play.ariaPressed = "true";
        for (const { lang, text } of read) {
          speechSynthesis.speak(Object.assign(new SpeechSynthesisUtterance(text), { lang, voice: voice(lang) }));
        }
      });
      if (what.matches(".pick")) {
        const box = make("div", "says");
        what.replaceWith(box);
        box.append(what, play);
      } else what.append(play);
    }
  };
  speechSynthesis.addEventListener("voiceschanged", offer);
  addEventListener("pagehide", () => speechSynthesis.cancel());
  offer();
}
