/** What an answer from outside may repeat to us and we never show: addresses whose query is a key. */
import { maskPersonal } from "../words/mask.ts";

export function hideAddresses(reason: string): string {
  return maskPersonal(
    reason
      .replace(/\b(?:https?|rediss?|wss?):\/\/[^\s"'，。）)]+/giu, "［网址已隐去］")
      .replace(/\b(key|response_code|access_token|session|sign)=[^&\s,，]*/giu, "$1=***"),
  );
}
