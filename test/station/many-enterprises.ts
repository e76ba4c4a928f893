/** Names such as a district's companies bear, as many as one wants and the same ones every time. */
import type { Enterprise } from "../../src/station/station.ts";

const FIRST = [..."宏鑫瑞华东海天金银龙凤祥泰盛隆昌达顺利康健美佳明亮新星光辉腾飞远航博雅文德信诚义和平安宁波江北南西"];
const SECOND = [..."通达源丰盛泰和兴旺利来福禄寿喜康宁远大成功业伟杰豪英俊豹虎狮象鹏雁鸿鹤松柏竹梅兰菊荷莲桂"];
const TRADES = [
  "汽配",
  "服饰",
  "食品",
  "电子科技",
  "机械制造",
  "物流",
  "贸易",
  "建筑装饰",
  "软件",
  "餐饮管理",
  "模具",
  "新材料",
];
const FORMS = ["有限公司", "有限责任公司", "股份有限公司", "厂", "集团有限公司"];
const PLACES = ["", "", "宁波", "浙江"];

export function manyEnterprises(count: number): Enterprise[] {
  const names = new Set<string>();
  const pick = <T>(list: readonly T[], seed: number): T => list[seed % list.length] as T;
  for (let seed = 1; names.size < count; seed++) {
    const mixed = (seed * 2_654_435_761) % 4_294_967_291;
    const word = `${pick(FIRST, mixed)}${pick(SECOND, Math.floor(mixed / 97))}`;
    const trade = pick(TRADES, Math.floor(mixed / 7_919));
    names.add(`${pick(PLACES, Math.floor(mixed / 31))}${word}${trade}${pick(FORMS, Math.floor(mixed / 131))}`);
  }
  return [...names].map((name) => ({ name, aliases: [], point: "nan" }));
}
