import { phrases } from "../i18n/index.js";

export const strings = phrases({
  loading: { en: "Loading the engines …", "zh-HK": "載入緊 engine …" },
  failed: {
    en: "The engines did not load. Nothing you saved is lost.",
    "zh-HK": "Engine 載入唔到。你儲存咗嘅嘢全部仲喺度。",
  },
  offline: {
    en: "You are offline, and the engines are not on this device yet. Connect once and they stay.",
    "zh-HK": "你而家離線，而呢部機未有 engine。連線一次，之後就會留低。",
  },
  retry: { en: "Try again", "zh-HK": "再試" },
});
