import { connect } from "node:net";

/** A TCP connection that a test writes bytes to. */
export interface RawSocket extends Disposable {
  write(text: string | Uint8Array): void;
  /** Resolves with all that the server sent, once it has closed the connection. */
  closed(): Promise<string>;
  /** Resolves once what the server sent so far contains `text`. */
  received(text: string): Promise<string>;
}

/** Connects to a port of this machine. */
export async function openRawSocket(port: number): Promise<RawSocket> {
  const socket = connect({ host: "127.0.0.1", port });
  let text = "";
  const done = Promise.withResolvers<string>();
  let check = () => {};
  socket.setEncoding("latin1").on("data", (part: string) => {
    text += part;
    check();
  });
  socket.on("error", () => {});
  socket.once("close", () => done.resolve(text));
  await new Promise((resolve) => socket.once("connect", resolve));
  return {
    write: (data) => void socket.write(data),
    closed: () => done.promise,
    received: (wanted) =>
      new Promise((resolve) => {
        check = () => {
          if (text.includes(wanted)) {
            resolve(text);
          }
        };
        check();
      }),
    [Symbol.dispose]: () => void socket.destroy(),
  };
}
