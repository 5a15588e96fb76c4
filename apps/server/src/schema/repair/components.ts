/**
 * Parts a graph into its strongly connected components: those that a component's nodes lead to come before it. Nodes
 * without a cycle are components of one. Takes time in proportion to nodes and edges, and no depth of the stack. See
 * R. Tarjan, Depth-first search and linear graph algorithms, 1972.
 *
 * @param next the nodes that a node leads to; those that aren't among `nodes` are passed over
 */
export function components<N>(nodes: Iterable<N>, next: (node: N) => Iterable<N>): N[][] {
  const visits = new Map<N, Visit>();
  const among = new Set(nodes);
  const open: N[] = [];
  const found: N[][] = [];
  for (const root of among) {
    if (!visits.has(root)) {
      walk(root);
    }
  }
  return found;

  function enter(node: N): Frame<N> {
    const visit = { index: visits.size, low: visits.size, isOpen: true };
    visits.set(node, visit);
    open.push(node);
    return { node, visit, rest: next(node)[Symbol.iterator]() };
  }

  function walk(root: N): void {
    const path = [enter(root)];
    for (let frame = path.at(-1); frame !== undefined; frame = path.at(-1)) {
      const { value, done } = frame.rest.next();
      if (done === true) {
        path.pop();
        leave(frame, path.at(-1));
        continue;
      }
      const visit = visits.get(value);
      if (visit?.isOpen === true) {
        frame.visit.low = Math.min(frame.visit.low, visit.index);
      } else if (visit === undefined && among.has(value)) {
        path.push(enter(value));
      }
    }
  }

  function leave({ node, visit }: Frame<N>, parent: Frame<N> | undefined): void {
    if (parent !== undefined) {
      parent.visit.low = Math.min(parent.visit.low, visit.low);
    }
    if (visit.low !== visit.index) {
      return;
    }
    const component = open.splice(open.lastIndexOf(node));
    for (const member of component) {
      const of = visits.get(member);
      if (of !== undefined) {
        of.isOpen = false;
      }
    }
    found.push(component);
  }
}

interface Visit {
  readonly index: number;
  low: number;
  isOpen: boolean;
}

interface Frame<N> {
  readonly node: N;
  readonly visit: Visit;
  readonly rest: Iterator<N>;
}
