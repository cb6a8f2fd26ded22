// When the last dialog closes, the focus goes back to where it was before the first one opened.

let before = null;

const isOpen = () => document.querySelector("dialog[open]") !== null;

/** Call before drawing; call what it gives back after drawing. */
export function keepFocus() {
  const wasOpen = isOpen();
  if (!wasOpen && document.activeElement !== document.body) before = document.activeElement;
  return () => {
    const isLost = document.activeElement === document.body || document.activeElement === null;
    if (wasOpen && !isOpen() && isLost && before?.isConnected) before.focus({ preventScroll: true });
  };
}
