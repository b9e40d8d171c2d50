import { css } from "lit";

/** A native dialog: the one elevation of the pages. */
export const dialogStyles = css`
  dialog {
    width: min(560px, calc(100vw - 2 * var(--space-4)));
    max-height: min(640px, calc(100dvh - 2 * var(--space-8)));
    margin: min(14vh, 120px) auto auto;
    padding: 0;
    overflow: hidden;
    border: 1px solid var(--rule);
    border-radius: var(--radius);
    background: var(--paper-raised);
    color: var(--ink);
    box-shadow: var(--shadow);
  }
  dialog::backdrop {
    background: color-mix(in srgb, light-dark(#1a1c20, #000000) 36%, transparent);
  }
  @media (max-width: 720px) {
    dialog {
      margin-top: var(--space-4);
    }
  }
`;

/** Closes a dialog on a press beside it; a press that began inside (selecting text) does not count. */
export function closeOnBackdrop(event: PointerEvent): void {
  const dialog = event.currentTarget as HTMLDialogElement;
  if (event.target === dialog) dialog.close();
}
