/** A chart as PNG bytes, drawn in a worker thread that is kept for a minute: this file starts the worker and is the worker. */
import { existsSync } from "node:fs";
import { isMainThread, parentPort, Worker, workerData } from "node:worker_threads";
import { type ChartData, chartOption, heightOf, WIDTH } from "./chart.ts";
import { type FontFile, withFontFor } from "./font.ts";

const TASK = "draw-chart";
const FAMILY = "Noto Sans CJK SC";
const MOST_MS = 60_000;
/** Letters of one evening go one after the other; after that ECharts' 60 MB are let go. */
const KEPT_MS = 60_000;

/** Of Noto's collection the third is the one for simplified Chinese. */
const FONT_FILES: readonly FontFile[] = [
  { path: "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc", index: 2 },
  { path: "/usr/share/fonts/noto-cjk/NotoSansCJK-Regular.ttc", index: 2 },
  { path: "/System/Library/Fonts/PingFang.ttc", index: 0 },
  { path: "/System/Library/Fonts/STHeiti Medium.ttc", index: 0 },
];

/** With which Chinese can be drawn here, as far as this desk knows; without, a system's other fonts are tried. */
export function knownFont(): FontFile | null {
  return FONT_FILES.find(({ path }) => existsSync(path)) ?? null;
}

/** Has drawn, and waits a while whether there is more to draw; keeps no process alive. */
let spare: { readonly worker: Worker; readonly letGo: NodeJS.Timeout } | null = null;

/** Under 200 kB; the first one takes a second or two, while ECharts is loaded for it. Rejects, and stops drawing, after `withinMs`. */
export async function drawPicture(data: ChartData, withinMs = MOST_MS): Promise<Buffer> {
  const worker = takeWorker();
  let late: NodeJS.Timeout | undefined;
  try {
    const bytes = await new Promise<Uint8Array>((resolve, reject) => {
      late = setTimeout(() => reject(new Error(`no picture within ${withinMs} ms`)), withinMs);
      worker.once("message", resolve);
      worker.once("error", reject);
      worker.once("exit", (code) => reject(new Error(`drawing ended with code ${code} and no picture`)));
      worker.postMessage(data);
    });
    keep(worker);
    return Buffer.from(bytes);
  } catch (error) {
    await worker.terminate();
    throw error;
  } finally {
    clearTimeout(late);
  }
}

function takeWorker(): Worker {
  const kept = spare;
  spare = null;
  if (kept) {
    clearTimeout(kept.letGo);
    kept.worker.ref();
    return kept.worker;
  }
  const self = new URL(import.meta.url);
  const workerData = { task: TASK };
  return self.pathname.endsWith(".ts")
    ? new Worker(fromSource(self), { eval: true, workerData })
    : new Worker(self, { workerData });
}

function keep(worker: Worker): void {
  for (const event of ["message", "error", "exit"]) worker.removeAllListeners(event);
  if (spare) {
    void worker.terminate();
    return;
  }
  worker.unref();
  // One that dies while nobody draws is not taken again.
  worker.on("error", forget);
  worker.on("exit", forget);
  spare = { worker, letGo: setTimeout(() => void worker.terminate(), KEPT_MS).unref() };

  function forget(): void {
    if (spare?.worker !== worker) return;
    clearTimeout(spare.letGo);
    spare = null;
  }
}

/** ECharts weighs 60 MB and is of no use elsewhere: it is loaded here, when something is drawn. */
async function draw(data: ChartData): Promise<Uint8Array> {
  const [echarts, charts, components, renderers, { Resvg }] = await Promise.all([
    import("echarts/core"),
    import("echarts/charts"),
    import("echarts/components"),
    import("echarts/renderers"),
    import("@resvg/resvg-js"),
  ]);
  const { GridComponent, LegendComponent, TitleComponent, GraphicComponent, AriaComponent } = components;
  echarts.use([charts.BarChart, charts.LineChart, renderers.SVGRenderer]);
  echarts.use([GridComponent, LegendComponent, TitleComponent, GraphicComponent, AriaComponent]);
  const chart = echarts.init(null, null, { renderer: "svg", ssr: true, width: WIDTH, height: heightOf(data) });
  chart.setOption(chartOption(data));
  const svg = chart.renderToSVGString();
  chart.dispose();
  const paint = (font: { fontFiles: string[]; loadSystemFonts: boolean }): Uint8Array =>
    new Resvg(svg, { background: "#ffffff", font: { ...font, defaultFontFamily: FAMILY } }).render().asPng();
  const known = knownFont();
  if (known === null) return paint({ fontFiles: [], loadSystemFonts: true });
  return withFontFor(known, svg, (path) => paint({ fontFiles: [path], loadSystemFonts: false }));
}

/** In development there is no built file: the worker reads the source through tsx, a development dependency. */
function fromSource(self: URL): string {
  return `import("tsx/esm/api").then(({ register }) => { register(); return import(${JSON.stringify(self.href)}); });`;
}

if (!isMainThread && parentPort && (workerData as { readonly task?: string } | null)?.task === TASK) {
  const port = parentPort;
  port.on("message", (data: ChartData) => {
    draw(data).then(
      (bytes) => port.postMessage(bytes),
      (error) => setImmediate(() => Promise.reject(error)),
    );
  });
}
