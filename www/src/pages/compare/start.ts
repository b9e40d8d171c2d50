import { html, nothing, type TemplateResult } from "lit";
import type { Localized } from "../../i18n/index.js";
import type { SystemInfo } from "../../kit/index.js";
import { href } from "../../router/index.js";
import type { Side } from "./differences.js";
import { strings } from "./strings.js";
import { closestPairs, twinsOf, type Twin } from "./twins.js";

const suggestions = 6;

/** What stands there while a side is missing: why, and what would be worth comparing. */
export interface Start {
  t: Localized;
  systems: readonly SystemInfo[];
  /** The side that is chosen, if one is. */
  chosen: { side: Side; system: SystemInfo } | undefined;
  /** What is wrong with the address, in words. */
  problems: readonly string[];
  /** A suggestion is followed. */
  onFollow: () => void;
}

/** Suggests the systems closest to the chosen one, or pairs that are close to each other. */
export function start({ t, systems, chosen, problems, onFollow }: Start): TemplateResult {
  const said = problems.map((problem) => html`<p class="problem">${problem}</p>`);
  return html`<section class="start">
    ${problems.length > 0 ? html`<div role="alert">${said}</div>` : nothing}
    <div class="suggestions" @click=${(event: MouseEvent) => isFollowed(event) && onFollow()}>
      ${chosen ? beside(t, systems, chosen) : pairs(t, systems, problems.length === 0)}
    </div>
  </section>`;
}

/** A link opened in another tab leaves the page as it is. */
function isFollowed(event: MouseEvent): boolean {
  return event.target instanceof HTMLAnchorElement && !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);
}

function beside(t: Localized, systems: readonly SystemInfo[], { side, system }: NonNullable<Start["chosen"]>): TemplateResult {
  const other = side === "left" ? "right" : "left";
  const twins = twinsOf(system, systems, suggestions);
  return html`<h2>${t.t(strings.closestTo, t.text(system.title))}</h2>
    <ul class="twins">
      ${twins.map(
        (twin) => html`<li>
          <a href=${href("/compare", side === "left" ? { left: system.id, right: twin.system.id } : { [other]: twin.system.id, right: system.id })}
            >${t.text(twin.system.title)}</a
          >
          <p>${reasonOf(t, twin)}</p>
        </li>`,
      )}
    </ul>`;
}

function pairs(t: Localized, systems: readonly SystemInfo[], lead: boolean): TemplateResult {
  return html`${lead ? html`<p class="lead">${t.t(strings.startTitle)}</p>` : nothing}
    <h2>${t.t(strings.startPairs)}</h2>
    <ul class="twins">
      ${closestPairs(systems, suggestions).map(
        ({ of, twin }) => html`<li>
          <a href=${href("/compare", { left: of.id, right: twin.system.id })}>${t.t(strings.both, t.text(of.title), t.text(twin.system.title))}</a>
          <p>${reasonOf(t, twin)}</p>
        </li>`,
      )}
    </ul>`;
}

/** Why two systems are close: `same family and group; both use Inline TTL, Capacity gate`. */
function reasonOf(t: Localized, { sameFamily, sameGroup, shared }: Twin): string {
  const kind = sameFamily ? t.t(sameGroup ? strings.sameFamilyGroup : strings.sameFamily) : "";
  const names = shared.map((pattern) => t.text(pattern.title)).join(t.t(strings.listMark));
  return [kind, names && t.t(strings.shares, names)].filter(Boolean).join(t.t(strings.clauseMark));
}
