import { useState } from "react";

/**
 * For what floats over the page and is taken away when it is closed: wraps `onClose` so that the focus goes back to what
 * had it before.
 */
export function useReturnFocus(onClose: () => void): () => void {
  // Read while it is first drawn: the floating part takes the focus right afterwards.
  const [opener] = useState(() => document.activeElement);
  return () => {
    onClose();
    if (opener instanceof HTMLElement && opener.isConnected) {
      opener.focus();
    }
  };
}
