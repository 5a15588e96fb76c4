import { createServer } from "node:http";
import { createServer as createHttp2Server } from "node:http2";
import { setTimeout as sleep } from "node:timers/promises";
import { connectNodeAdapter } from "@connectrpc/connect-node";
import { ArticleService } from "@switchboard/proto/gen/article_pb.js";
import { demo } from "@switchboard/proto/gen/demo_pb.js";
import { Greeter } from "@switchboard/proto/gen/greeter_pb.js";
import { openSqliteArticleRepository } from "@switchboard/server/articles/sqlite-article-repository.ts";
import { createArticleService } from "@switchboard/server/services/article-service.ts";
import { createDemoService } from "@switchboard/server/services/demo-service.ts";
import { createGreeterService } from "@switchboard/server/services/greeter-service.ts";
import { listen } from "./listen.ts";
import { unpacedStream } from "./unpaced-stream.ts";

// The product's own services on the adapter that Connect brings along, without a log, and with
// one stream unpaced: `stock-adapter.ts h2c|http1 DATA`.

const [, , transport, directory = ""] = process.argv;

const articles = await openSqliteArticleRepository({ directory, now: Date.now });
const handle = connectNodeAdapter({
  routes(router) {
    router.service(Greeter, createGreeterService());
    const paced = createDemoService({ wait: (ms, signal) => sleep(ms, undefined, { signal }) });
    router.service(demo, { ...paced, testClientRecvStream: unpacedStream });
    router.service(ArticleService, createArticleService({ articles }));
  },
});
await listen(transport === "h2c" ? createHttp2Server(handle) : createServer(handle));
