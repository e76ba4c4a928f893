/** Our webhook with nobody at work behind it: listener, doorway, acceptance and lanes are the desk's own. */
import { load } from "../built.ts";
import { BOT } from "../station.ts";
import { options, tell } from "./tell.ts";

export interface DoorwayOptions {
  readonly socket: string;
  readonly origin: string;
}

const { socket, origin } = options<DoorwayOptions>();
const { connect, untilReady } = await load<typeof import("../../src/store/connection.ts")>("store/connection");
const { openWecom } = await load<typeof import("../../src/platforms/wecom/wecom.ts")>("platforms/wecom/wecom");
const { openInbox } = await load<typeof import("../../src/lanes/inbox.ts")>("lanes/inbox");
const { openAcceptance } = await load<typeof import("../../src/lanes/acceptance.ts")>("lanes/acceptance");
const { openMetrics } = await load<typeof import("../../src/web/metrics.ts")>("web/metrics");
const { openWeb } = await load<typeof import("../../src/web/server.ts")>("web/server");

/** Not the desk's: it is at work on its own lanes all the time. */
const TAG = "{idle}";
const log = { info() {}, warn() {}, error: (details: object, message: string) => console.error(message, details) };
const accepting = connect({ socket }, "bench");
accepting.connect().catch(() => {});
await untilReady(accepting, 5_000);

const metrics = openMetrics();
const hearing = {
  refused: (status: number) => metrics.messageRefused("wecom", status),
  dropped: () => metrics.messageDropped("wecom"),
};
const accept = openAcceptance({
  inbox: openInbox({ accepting, working: accepting, tag: TAG, processId: "doorway" }),
  ready: (ms) => untilReady(accepting, ms),
  onAccepted: (kind, message) => metrics.messageAccepted(message.platform, kind),
  tellFull: async () => {},
  log,
});
const wecom = openWecom({
  bot: { id: BOT.id, names: [BOT.name], callback: { token: BOT.token, aesKey: BOT.aesKey }, socket: null },
  app: null,
  corpId: null,
  apiBase: origin,
  wsUrl: origin.replace("http", "ws"),
  openIds: { get: async () => null, put: async () => {} },
  webhookOf: () => null,
  sendTimeoutMs: 3_000,
  now: Date.now,
  log,
});
const { port } = await openWeb({ routers: [...wecom.routes({ accept, ...hearing })], port: 0, log });
tell(port);
