// Objects that are made by the hundred thousand: one call across the boundary each, not one a field.

export function event(atMs, task, what, resource, label) {
  const made = { atMs, task, what };
  if (resource !== undefined) made.resource = resource;
  if (label !== undefined) made.label = label;
  return made;
}

export function logEntry(atMs, task, what, resource) {
  return [atMs, task, what, resource === undefined ? null : resource];
}

export function scalar(kind, text) {
  return { kind, text };
}

export function container(kind, size, entries) {
  return { kind, size, entries };
}

export function entry(key, keyText, node) {
  return { key, keyText, node };
}
