/**
 * A letter as the lines that carry it to each receiver: its text in parts that fit every way, then its one picture. None of
 * them rings or hurries, so that one in doubt is not sent again (lanes/verdict.ts): the chief is told which part it was. Pure.
 */
import type { PlatformName } from "../chat/message.ts";
import type { Capability, Outgoing, Way } from "../chat/outgoing.ts";
import type { Platforms } from "../desk/lines/addressing.ts";
import * as words from "../words/letters.ts";
import type { Letter } from "./letter.ts";
import type { Receiver } from "./receivers.ts";
import { splitLetter } from "./split-letter.ts";

export interface Posting {
  readonly letter: Letter;
  /** 日报 2026年11月23日（周一）: how it is called where a part of it is spoken of. */
  readonly name: string;
  readonly receivers: readonly Receiver[];
  readonly platforms: Platforms;
  readonly picture: LetterPicture | null;
  newId(): string;
}

export interface LetterPicture {
  readonly key: string;
  /** Null: nobody could open one. */
  readonly link: string | null;
}

export function post(posting: Posting): Outgoing[] {
  return posting.receivers.flatMap((receiver) => [...textLines(posting, receiver), ...pictureLine(posting, receiver)]);
}

/** Whether anybody would see the picture: by a way that shows it, or by its link. */
export function isPictured(receivers: readonly Receiver[], platforms: Platforms, hasLink: boolean): boolean {
  return receivers.some(({ ways }) => hasLink || ways.some((way) => capabilityOf(way, platforms)?.pictures));
}

function textLines({ letter, name, platforms, newId }: Posting, receiver: Receiver): Outgoing[] {
  // By the narrowest of its ways: a part that goes another way is not split again, and keeps its heading.
  const bytesMax = Math.min(...receiver.ways.map((way) => capabilityOf(way, platforms)?.bytesMax ?? LEAST_BYTES));
  const parts = splitLetter(letter, bytesMax);
  return parts.map((text, index) => ({
    ...lineTo(receiver, newId()),
    text,
    called: words.partCalled(name, index + 1, parts.length),
    ways: receiver.ways,
  }));
}

/** Refused as a picture it goes as a link, by all the ways again. */
function pictureLine({ name, platforms, picture, newId }: Posting, receiver: Receiver): Outgoing[] {
  if (picture === null) return [];
  const { key, link } = picture;
  const showing = receiver.ways.filter((way) => capabilityOf(way, platforms)?.pictures);
  const ways = link === null ? showing : [...showing, ...receiver.ways];
  if (ways.length === 0) return [];
  return [
    {
      ...lineTo(receiver, newId()),
      text: words.picture(name, link),
      called: words.pictureCalled(name),
      ...(showing.length === 0 ? {} : { picture: { key, ways: showing.length } }),
      ways,
    },
  ];
}

/** What every way takes. */
const LEAST_BYTES = 2000;

function lineTo({ to }: Receiver, id: string) {
  return { id, to, about: null, pings: false, urgent: false, merge: null, notice: false } as const;
}

function capabilityOf(way: Way, platforms: Platforms): Capability | undefined {
  const platform = way.channel.slice(0, way.channel.indexOf(":")) as PlatformName;
  return platforms.get(platform)?.ways[way.kind];
}
