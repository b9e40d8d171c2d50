import "./ui/page.css";
import { lang } from "./i18n/index.js";
import { theme } from "./prefs/index.js";
import { readHash } from "./router/index.js";
import "./shell/app.js";

const root = document.documentElement;

function showTheme(): void {
  if (theme.value === "system") delete root.dataset.theme;
  else root.dataset.theme = theme.value;
}

function showLang(): void {
  root.lang = lang.value;
}

// An address may ask for a language or a theme; that holds for the visit and is not remembered.
const { query } = readHash(location.hash);
lang.use(lang.parse(query.get("lang")) ?? lang.value);
theme.use(theme.parse(query.get("theme")) ?? theme.value);
theme.watch(showTheme);
lang.watch(showLang);
showTheme();
showLang();

if (import.meta.env.PROD && "serviceWorker" in navigator) {
  // Not before the page itself has what it needs. Without one (an unusual host, a private window) all works but offline.
  window.addEventListener("load", () => void navigator.serviceWorker.register("./offline.js").catch(() => undefined));
}
