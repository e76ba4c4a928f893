/** How many lights are lit, each with a shape of its own: colours alone tell nobody who cannot see them. */
import { FONT, INK } from "./chart-style.ts";

const LIGHT_SIGNS = [
  { shape: "circle", colour: "#2f6fb0" },
  { shape: "triangle", colour: "#d69a00" },
  { shape: "rect", colour: "#b3261e" },
] as const;

/** ● 蓝灯 2　▲ 黄灯 1　■ 红灯 0 */
export function lightSigns(lights: readonly { readonly word: string; readonly count: number }[], top: number) {
  return lights.flatMap(({ word, count }, i) => {
    const sign = LIGHT_SIGNS[i] ?? LIGHT_SIGNS[0];
    const left = 24 + i * 236;
    const fill = sign.colour;
    const shapes = {
      circle: { type: "circle", shape: { cx: left + 20, cy: top + 36, r: 17 }, style: { fill } },
      triangle: {
        type: "polygon",
        shape: {
          points: [
            [left + 20, top + 17],
            [left + 40, top + 53],
            [left, top + 53],
          ],
        },
        style: { fill },
      },
      rect: { type: "rect", shape: { x: left + 3, y: top + 19, width: 34, height: 34 }, style: { fill } },
    };
    const text = `${word} ${count} 件`;
    return [
      shapes[sign.shape],
      {
        type: "text",
        x: left + 54,
        y: top + 36,
        style: { text, fontSize: 28, fontFamily: FONT, fill: INK, textVerticalAlign: "middle" },
      },
    ];
  });
}
