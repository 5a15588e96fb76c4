import { type Target, Target_Origin } from "@switchboard/proto/gen/switchboard/console/v1/target_service_pb.js";
import { useMemo } from "react";
import { useStore } from "zustand";
import type { CallSubject } from "../../request/check-draft.ts";
import type { TargetSchema } from "../../schema/target-schema.ts";
import type { MethodRoute } from "../route.ts";
import { type Services, useServices } from "../services.ts";
import { serverWires } from "./server-wires.ts";

/** What a route leads to, by what is known now; undefined where the schema is not there, or has no such method. */
export function subjectOf({ targets, schemas }: Services, route: MethodRoute): CallSubject | undefined {
  return findSubject(route, schemas.find(route.target), targets.find(route.target));
}

/** The same, kept up to date. */
export function useSubject(route: MethodRoute): CallSubject | undefined {
  const { targets, schemas } = useServices();
  const schema = useStore(schemas.store, (entries) => entries.get(route.target)?.schema);
  const target = useStore(targets.store, (state) => state.targets.find(({ name }) => name === route.target));
  return useMemo(() => findSubject(route, schema, target), [route, schema, target]);
}

/** While the targets are not listed yet, one that has a schema is called as an unknown one. */
const unlisted: Pick<Target, "origin" | "wires"> = { origin: Target_Origin.UNSPECIFIED, wires: [] };

function findSubject(
  { service, method: name }: MethodRoute,
  schema: TargetSchema | undefined,
  target: Target | undefined,
): CallSubject | undefined {
  const method = schema?.findMethod(service, name);
  return schema && method && { method, registry: schema.registry, wires: serverWires(target ?? unlisted) };
}
