import "./app/theme/mantine-styles.ts";
import { createRoot } from "react-dom/client";
import { App } from "./app/app.tsx";
import { createServices } from "./app/create-services.ts";

const root = document.getElementById("root");
if (root === null) {
  throw new Error("the document lacks its root element");
}
const services = await createServices();
// Read by the package that keeps the page from scrolling behind a dialog, when it adds its style.
Object.assign(globalThis, { __webpack_nonce__: services.nonce });
createRoot(root).render(<App services={services} />);
