import { openBench } from "./bench.ts";
import { requests } from "./callbacks.ts";
import { drive } from "./client.ts";
import { measureMatcher } from "./rows/matcher.ts";
import { GROUPS, TAG } from "./station.ts";
import { openWorkshop } from "./workshop.ts";
const w = await openWorkshop();
try {
const { texts } = measureMatcher();
const b = await openBench(w);
const rs = requests(20000, GROUPS, texts, b.platform.origin);
for (let i = 0; i < 5; i++) for (const k of ["bare","opened","floor","durable"] as const) {
  await b.store.clear();
  await b.servers[k].ask("cpu"); const r0 = await b.store.cpu();
  const d = await drive(b.servers[k].port, rs, { connections: 32, ms: 1500 });
  const cpu = await b.servers[k].ask<number>("cpu"); const r1 = await b.store.cpu();
  console.log(k, Math.round(d.perSecond), "cpu/req", (cpu / d.answered).toFixed(0), "redis/req", ((r1 - r0) / d.answered).toFixed(0));
}
} finally { await w.close(); }
