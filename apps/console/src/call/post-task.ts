/**
 * Creates a function that runs tasks, each in a turn of its own, in their order. It does so by a message channel, which
 * no browser throttles.
 */
export function createPostTask(): (task: () => void) => void {
  const { port1, port2 } = new MessageChannel();
  const tasks: (() => void)[] = [];
  port1.onmessage = () => tasks.shift()?.();
  return (task) => {
    tasks.push(task);
    port2.postMessage(undefined);
  };
}
