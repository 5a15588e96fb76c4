/** What the tables call the subjects, beside `subjectNames`. */
export const gatewayNames = {
  direct: "called directly",
  forwarder: "forwarder, no features",
  grpcwebproxy: "grpcwebproxy",
  envoy: "Envoy, one worker",
} as const;
