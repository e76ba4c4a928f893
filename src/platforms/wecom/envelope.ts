/** Opening and sealing what travels encrypted (wecom.md 1.1, 1.3). Signatures are checked before, in signature.ts. */
import { randomBytes } from "node:crypto";
import { decrypt, encrypt, getSignature } from "@wecom/crypto";

export type Opened =
  | { readonly kind: "plain"; readonly text: string }
  | { readonly kind: "refused"; readonly reason: "undecryptable" | "not as sealed" | "wrong receiver" };

/** The AI bot's envelopes are addressed to nobody in particular (101033). */
const NO_RECEIVER = "";

/** The AI bot's receiver id is documented as empty; our own organisation's would be no surprise. */
export function isExpectedForBot(corpId: string | null): (id: string) => boolean {
  return (id) => id === NO_RECEIVER || id === corpId;
}

export function openEnvelope(aesKey: string, ciphertext: string, corpId: string | null): Opened {
  return openSealed(aesKey, ciphertext, isExpectedForBot(corpId));
}

/** `isReceiver`: whether an envelope to this one is for us; a self-built app's name the organisation (1.3). */
export function openSealed(aesKey: string, ciphertext: string, isReceiver: (id: string) => boolean): Opened {
  const opened = tryDecrypt(aesKey, ciphertext);
  if (opened === null) return { kind: "refused", reason: "undecryptable" };
  const { message, id, random } = opened;
  // The package clamps an over-long length, lets padding disagree and repairs broken UTF-8 (1.4). What it read is
  // what was sealed only if sealing it again gives the same (stack.md 3).
  if (encrypt(aesKey, message, id, random) !== ciphertext) return { kind: "refused", reason: "not as sealed" };
  if (!isReceiver(id)) return { kind: "refused", reason: "wrong receiver" };
  return { kind: "plain", text: message };
}

function tryDecrypt(aesKey: string, ciphertext: string): ReturnType<typeof decrypt> | null {
  try {
    return decrypt(aesKey, ciphertext);
  } catch {
    return null;
  }
}

export interface SealedReply {
  readonly encrypt: string;
  readonly msgsignature: string;
  /** Seconds. */
  readonly timestamp: number;
  readonly nonce: string;
}

export interface Sealing {
  readonly token: string;
  readonly aesKey: string;
  readonly timestamp: number;
  /** The one of the callback that is answered (1.3). */
  readonly nonce: string;
  /** Nobody in particular, if not said: so it is for the AI bot. */
  readonly receiver?: string;
  readonly random?: Buffer;
}

/** The body of a passive answer; the AI bot's is this very JSON. */
export function seal(
  plain: string,
  { token, aesKey, timestamp, nonce, receiver = NO_RECEIVER, random = randomBytes(16) }: Sealing,
): SealedReply {
  const ciphertext = encrypt(aesKey, plain, receiver, random);
  return { encrypt: ciphertext, msgsignature: getSignature(token, timestamp, nonce, ciphertext), timestamp, nonce };
}
