import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

export default defineConfig({
  root: import.meta.dirname,
  // Relative addresses: the same build works under any base path.
  base: "./",
  plugins: [react()],
  build: {
    target: "es2023",
    // The Content-Security-Policy lets the page fetch from its own server only, so nothing becomes a data: address.
    assetsInlineLimit: 0,
    // Every browser that has the page's other needs preloads modules itself.
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    chunkSizeWarningLimit: 1_000,
  },
});
