import "./app/theme/mantine-styles.ts";
import { createRoot } from "react-dom/client";
import { App } from "./app/app.tsx";
import { createServices } from "./app/create-services.ts";

const root = document.getElementById("root");
if (root === null) {
  throw new Error("the document lacks its root element");
}
createRoot(root).render(<App services={await createServices()} />);
