/** A reason is shown to people and kept: no key, token or signature that an answer repeats to us stays in it. Pure. */

const REASON_LENGTH_MAX = 300;
const PARAMETER = /\b(key|response_code|access_token|session|sign|ticket)=[^&\s,，]*/gi;

/** `secrets`: also where they stand without their names. */
export function redact(reason: string, secrets: Iterable<string>): string {
  let shown = reason.replace(PARAMETER, "$1=***");
  // Shorter than that it is no secret, and would blot out ordinary words.
  for (const secret of secrets) if (secret.length >= 4) shown = shown.replaceAll(secret, "***");
  return shown.slice(0, REASON_LENGTH_MAX);
}
