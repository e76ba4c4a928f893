/** A chart as PNG bytes, drawn in a worker thread: this file starts the worker and is the worker. */
import { existsSync } from "node:fs";
import { isMainThread, parentPort, Worker, workerData } from "node:worker_threads";
import { type ChartData, chartOption, heightOf, WIDTH } from "./chart.ts";

interface Assignment {
  readonly task: "draw-chart";
  readonly data: ChartData;
}

const MOST_MS = 60_000;

/** Named, they are read in a third of the time that looking through all of a system's takes. */
const FONT_FILES = [
  "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
  "/usr/share/fonts/noto-cjk/NotoSansCJK-Regular.ttc",
  "/System/Library/Fonts/PingFang.ttc",
  "/System/Library/Fonts/STHeiti Medium.ttc",
];

/** Whether Chinese can be drawn here as this desk knows how; without, a system's other fonts are tried. */
export function knownFonts(): readonly string[] {
  return FONT_FILES.filter((file) => existsSync(file));
}

/** Under 200 kB; takes a second, since ECharts is loaded for it and let go again. Rejects, and stops drawing, after `withinMs`. */
export function drawPicture(data: ChartData, withinMs = MOST_MS): Promise<Buffer> {
  const self = new URL(import.meta.url);
  const assignment: Assignment = { task: "draw-chart", data };
  return new Promise((resolve, reject) => {
    const worker = self.pathname.endsWith(".ts")
      ? new Worker(fromSource(self), { eval: true, workerData: assignment })
      : new Worker(self, { workerData: assignment });
    const late = setTimeout(() => {
      reject(new Error(`no picture within ${withinMs} ms`));
      void worker.terminate();
    }, withinMs);
    worker.once("message", (bytes: Uint8Array) => resolve(Buffer.from(bytes)));
    worker.once("error", reject);
    worker.once("exit", (code) => {
      clearTimeout(late);
      reject(new Error(`drawing ended with code ${code} and no picture`));
    });
  });
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
  const fontFiles = [...knownFonts()];
  const font = { fontFiles, loadSystemFonts: fontFiles.length === 0, defaultFontFamily: "Noto Sans CJK SC" };
  return new Resvg(svg, { background: "#ffffff", font }).render().asPng();
}

/** In development there is no built file: the worker reads the source through tsx, a development dependency. */
function fromSource(self: URL): string {
  return `import("tsx/esm/api").then(({ register }) => { register(); return import(${JSON.stringify(self.href)}); });`;
}

const assignment = workerData as Assignment | null;
if (!isMainThread && parentPort && assignment?.task === "draw-chart") {
  const port = parentPort;
  draw(assignment.data).then(
    (bytes) => port.postMessage(bytes),
    (error) => setImmediate(() => Promise.reject(error)),
  );
}
