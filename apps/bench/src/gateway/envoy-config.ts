import type { SubjectPlace } from "../calls/subject.ts";

const type = (name: string) => ({ "@type": `type.googleapis.com/envoy.extensions.${name}` });

/** Far more calls than are ever open: Envoy's own default of 1,024 would refuse some. */
const maxRequests = 100_000;

/** The configuration of an Envoy that carries gRPC-Web over HTTP/1.1 and HTTP/2 to one gRPC server, and does nothing else. */
export function envoyConfig({ port, upstream }: SubjectPlace): object {
  const { host, hostname, port: upstreamPort } = new URL(upstream);
  const address = (host: string, port_value: number) => ({ socket_address: { address: host, port_value } });
  const endpoint = { address: address(hostname, Number(upstreamPort)) };
  const route = { match: { prefix: "/" }, route: { cluster: "upstream", timeout: "0s", host_rewrite_literal: host } };
  const manager = {
    ...type("filters.network.http_connection_manager.v3.HttpConnectionManager"),
    codec_type: "AUTO",
    stat_prefix: "web",
    route_config: { virtual_hosts: [{ name: "all", domains: ["*"], routes: [route] }] },
    http_filters: [
      { name: "envoy.filters.http.grpc_web", typed_config: type("filters.http.grpc_web.v3.GrpcWeb") },
      { name: "envoy.filters.http.router", typed_config: type("filters.http.router.v3.Router") },
    ],
  };
  const filter = { name: "envoy.filters.network.http_connection_manager", typed_config: manager };
  const cluster = {
    name: "upstream",
    type: "STATIC",
    connect_timeout: "5s",
    circuit_breakers: { thresholds: [{ max_requests: maxRequests, max_pending_requests: maxRequests }] },
    typed_extension_protocol_options: {
      "envoy.extensions.upstreams.http.v3.HttpProtocolOptions": {
        ...type("upstreams.http.v3.HttpProtocolOptions"),
        explicit_http_config: { http2_protocol_options: {} },
      },
    },
    load_assignment: { cluster_name: "upstream", endpoints: [{ lb_endpoints: [{ endpoint }] }] },
  };
  const listener = { address: address("127.0.0.1", port), filter_chains: [{ filters: [filter] }] };
  return { static_resources: { listeners: [listener], clusters: [cluster] } };
}
