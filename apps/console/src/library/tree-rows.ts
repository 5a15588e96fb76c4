import type { DescMethod, DescService } from "@bufbuild/protobuf";
import { searchMethods } from "../schema/search-methods.ts";
import type { BrokenService, ServiceGroup } from "../schema/target-schema.ts";

/** One row of the tree of methods that is in sight. */
export type TreeRow =
  | { readonly kind: "service"; readonly id: string; readonly service: DescService; readonly isOpen: boolean }
  | { readonly kind: "method"; readonly id: string; readonly method: DescMethod }
  | { readonly kind: "broken"; readonly id: string; readonly service: BrokenService; readonly isOpen: boolean };

/** The rows of one group of services. */
export interface TreeGroup {
  readonly key: ServiceGroup["key"];
  readonly rows: readonly TreeRow[];
}

/** What decides which rows are in sight. */
export interface TreeView {
  readonly query: string;
  /** Full names of the services whose methods are hidden; all are shown while there is a query. */
  readonly folded: readonly string[];
  /** The broken service whose reason is in sight. */
  readonly shownBroken?: string | undefined;
}

/** The rows of all groups, in order. Groups and services without a match are left out. */
export function treeGroups(
  groups: readonly ServiceGroup[],
  { query, folded, shownBroken }: TreeView,
): readonly TreeGroup[] {
  const isFiltered = query.trim() !== "";
  const hidden = new Set(isFiltered ? [] : folded);
  const matches = new Set(
    searchMethods(
      groups.flatMap(({ services }) => services),
      query,
    ),
  );
  return groups
    .map(({ key, services, broken }) => ({
      key,
      rows: [
        ...services.flatMap((service): TreeRow[] => {
          const methods = isFiltered ? service.methods.filter((method) => matches.has(method)) : service.methods;
          if (methods.length === 0 && isFiltered) {
            return [];
          }
          const isOpen = !hidden.has(service.typeName);
          const head: TreeRow = { kind: "service", id: service.typeName, service, isOpen };
          return isOpen ? [head, ...methods.map(methodRow)] : [head];
        }),
        ...broken
          .filter(({ name }) => name.toLowerCase().includes(query.trim().toLowerCase()))
          .map((service): TreeRow => {
            const id = `!${service.name}`;
            return { kind: "broken", id, service, isOpen: id === shownBroken };
          }),
      ],
    }))
    .filter(({ rows }) => rows.length > 0);
}

function methodRow(method: DescMethod): TreeRow {
  return { kind: "method", id: methodId(method), method };
}

/** A method's path without its leading slash, as in `test.demo/TestTwoWayStream`. */
export function methodId(method: DescMethod): string {
  return `${method.parent.typeName}/${method.name}`;
}
