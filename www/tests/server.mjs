// A static host for the tests, in plain JavaScript so that Node runs it as it is.
import { createReadStream, existsSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { dirname, extname, join, normalize, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { basePath, port } from "./address.mjs";

const types = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".json": "application/json",
  ".svg": "image/svg+xml",
  ".wasm": "application/wasm",
  ".woff2": "font/woff2",
};

const here = dirname(fileURLToPath(import.meta.url));
const roots = [
  [basePath, join(here, "../dist")],
  ["/fixtures/", join(here, "fixtures")],
];

/** The file for a path of an address, or undefined; never one outside the served folders. */
function fileOf(pathname) {
  for (const [prefix, folder] of roots) {
    if (!pathname.startsWith(prefix)) continue;
    const file = normalize(join(folder, decodeURIComponent(pathname.slice(prefix.length)) || "index.html"));
    if (file.startsWith(folder + sep) && existsSync(file) && statSync(file).isFile()) return file;
  }
  return undefined;
}

createServer((request, response) => {
  const file = fileOf(new URL(request.url ?? "/", "http://localhost").pathname);
  // A host that has lost the engines: what a worker loads cannot be held back in the browser reliably, but it has the cookie.
  const lost = extname(file ?? "") === ".wasm" && /\blost=engines\b/.test(request.headers.cookie ?? "");
  if (!file || lost) {
    response.writeHead(404, { "content-type": "text/plain" }).end("not found");
    return;
  }
  // Study notes elsewhere may load the elements: usual hosts of static pages allow it.
  response.writeHead(200, { "access-control-allow-origin": "*", "content-type": types[extname(file)] ?? "application/octet-stream" });
  createReadStream(file).pipe(response);
}).listen(port, "127.0.0.1");
