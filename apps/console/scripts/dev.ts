import { spawn } from "node:child_process";
import { createServer as createTcpServer } from "node:net";
import { join, resolve } from "node:path";
import { createServer, type ProxyOptions } from "vite";

const host = "127.0.0.1";
const pagePort = 5173;
const consoleFolder = resolve(import.meta.dirname, "..");
const rootFolder = resolve(consoleFolder, "../..");

const serverPort = await findFreePort();
const target = `http://${host}:${serverPort}`;

const page = await createServer({
  root: consoleFolder,
  configFile: join(consoleFolder, "vite.config.ts"),
  server: { host, port: pagePort, proxy: createProxy() },
});
await page.listen();
const pageAddress = (page.resolvedUrls?.local[0] ?? `http://${host}:${pagePort}/`).replace(/\/$/, "");

const serverMain = join(rootFolder, "apps/server/src/main.ts");
const serverFlags = ["--listen", `${host}:${serverPort}`, "--allow-host", new URL(pageAddress).host];
const server = spawn(process.execPath, ["--watch", serverMain, ...serverFlags], { cwd: rootFolder, stdio: "inherit" });

process.stdout.write(`Page with hot reload at ${pageAddress}/\nServer, restarted on change, at ${target}/\n`);

let isStopping = false;
for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.on(signal, () => void stop(0));
}
server.on("exit", (code) => void stop(code ?? 1));

async function stop(exitCode: number): Promise<void> {
  if (isStopping) {
    return;
  }
  isStopping = true;
  server.kill("SIGTERM");
  await page.close();
  process.exit(exitCode);
}

function createProxy(): Record<string, ProxyOptions> {
  return {
    "^/gateway/": { target, changeOrigin: false, ws: true },
    "^/healthz$": { target },
    // Any method's path. Modules of the page are fetched by GET and without a query of the Connect protocol.
    "^/[A-Za-z_][\\w.]*/[A-Za-z_]\\w*(\\?.*)?$": {
      target,
      bypass: ({ method, url }) => (method === "GET" && !url?.includes("connect=v1") ? url : undefined),
    },
  };
}

async function findFreePort(): Promise<number> {
  const { promise, resolve: settle, reject } = Promise.withResolvers<number>();
  const probe = createTcpServer();
  probe.once("error", reject);
  probe.listen(0, host, () => {
    const address = probe.address();
    probe.close(() => settle(typeof address === "object" && address !== null ? address.port : 0));
  });
  return promise;
}
