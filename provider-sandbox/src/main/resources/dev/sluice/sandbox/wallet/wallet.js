// Makes the wallet's pages live. They work without it: codes are then refreshed by hand, faults are set by a button.
"use strict";

const EVERY = 2000;
const YEAR = 365 * 24 * 60 * 60;
const CODE = /^\s*(weixin:\/\/|https:\/\/qr\.alipay\.com\/)\S+\s*$/;
const root = document.documentElement;
const find = id => document.getElementById(id);
const all = selector => [...document.querySelectorAll(selector)];

// Looks: cookies that all pages of Sluice share.

function remember(name, value) {
  document.cookie = `${name}=${value}; Path=/; Max-Age=${YEAR}; SameSite=Lax`;
}

find("looks").hidden = false;
find("theme").addEventListener("click", () => {
  const now = root.dataset.theme || (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");
  root.dataset.theme = now === "dark" ? "light" : "dark";
  remember("sluice-theme", root.dataset.theme);
});
find("language").addEventListener("click", event => {
  remember("sluice-language", event.currentTarget.dataset.language);
  // The page of a refused payment answers a form, so it cannot be loaded again.
  location.replace(location.pathname === "/wallet" ? location.href.split("#")[0] : "/wallet");
});

function tick() {
  const now = new Date();
  find("clock").textContent = `${now.getHours()}:${String(now.getMinutes()).padStart(2, "0")}`;
}

// The scanner.

const codes = find("codes");
if (codes) {
  find("paste-hint").hidden = false;
  find("code").addEventListener("paste", event => {
    const text = event.clipboardData ? event.clipboardData.getData("text") : "";
    if (CODE.test(text)) {
      event.preventDefault();
      event.currentTarget.value = text.trim();
      event.currentTarget.form.requestSubmit();
    }
  });
}

async function refreshCodes() {
  const response = await fetch("/wallet/codes");
  if (!response.ok) {
    throw new Error("codes");
  }
  const fresh = document.createElement("ul");
  // Markup of this server, which has escaped the merchant's texts; scripts in it would not run.
  fresh.innerHTML = await response.text();
  showCodes([...fresh.children]);
}

/** Changes only what differs, so that the focus stays where it is. */
function showCodes(items) {
  const shown = new Map([...codes.children].map(item => [item.dataset.code, item]));
  const kept = new Set(items.map(item => item.dataset.code));
  for (const [code, item] of shown) {
    if (!kept.has(code)) {
      if (item.contains(document.activeElement)) {
        find("codes-title").focus();
      }
      item.remove();
    }
  }
  items.forEach((item, place) => {
    const known = shown.get(item.dataset.code);
    if (known) {
      known.querySelector("time").textContent = item.querySelector("time").textContent;
      known.querySelector(".chip").hidden = item.querySelector(".chip").hidden;
    } else {
      item.classList.add("new");
      codes.insertBefore(item, codes.children[place] || null);
      find("news").textContent = item.dataset.news;
    }
  });
  find("no-codes").hidden = items.length > 0;
}

// The faults.

const switches = all("#fault-form input");
let switching = 0;

function showFaults(state) {
  switches.forEach(each => {
    each.checked = state.all.includes(each.value);
  });
  const orders = Object.keys(state.orders).length;
  all("[data-count]").forEach(place => {
    place.textContent = state.all.length;
  });
  find("on").hidden = state.all.length === 0;
  find("orders").hidden = orders === 0;
  all("[data-orders]").forEach(place => {
    place.textContent = orders;
  });
  find("end-faults").setAttribute("aria-disabled", String(state.all.length === 0 && orders === 0));
}

async function callFaults(method, faults) {
  const response = await fetch("/sandbox/faults", {
    method,
    headers: faults && { "Content-Type": "application/json" },
    body: faults && JSON.stringify(faults),
  });
  if (!response.ok) {
    throw new Error("faults");
  }
  return response.json();
}

/** Switches, and shows what is on now; the answer to an earlier call is not shown over a later one. */
async function switchFaults(method, faults) {
  const call = ++switching;
  let failed = false;
  let state;
  try {
    state = await callFaults(method, faults);
  } catch {
    failed = true;
    state = await callFaults("GET").catch(() => null);
  }
  if (call === switching) {
    find("fault-error").hidden = !failed;
    if (state) {
      showFaults(state);
    }
  }
}

async function refreshFaults() {
  const call = switching;
  const state = await callFaults("GET");
  if (call === switching) {
    showFaults(state);
  }
}

find("fault-form").addEventListener("change", () => {
  switchFaults("PUT", switches.filter(each => each.checked).map(each => each.value));
});
find("fault-form").addEventListener("submit", event => event.preventDefault());
find("end-form").addEventListener("submit", event => {
  event.preventDefault();
  switchFaults("DELETE");
});

// Everything that changes by itself, while the page is in sight.

async function refresh() {
  if (document.hidden) {
    return;
  }
  tick();
  let away = false;
  try {
    await Promise.all([codes && refreshCodes(), refreshFaults()]);
  } catch {
    away = true;
  }
  if (codes) {
    find("away").hidden = !away;
  }
}

async function keepFresh() {
  await refresh();
  setTimeout(keepFresh, EVERY);
}

tick();
setTimeout(keepFresh, EVERY);
document.addEventListener("visibilitychange", refresh);
addEventListener("pageshow", event => event.persisted && refresh());
