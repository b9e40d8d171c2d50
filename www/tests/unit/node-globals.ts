/** What pages ask the browser for while their modules load; imported before them. Node has no `navigator` before version 21. */
if (!("navigator" in globalThis)) Object.defineProperty(globalThis, "navigator", { value: { languages: ["en"] } });
