/**
 * How the robot is called in a line that tells people to call it. A sentence is made before it is known on which
 * platform it will be read, and each may know the robot by another name: so it is written with a mark at first.
 */

/** A private character that stands for the robot's name; words/plain.ts takes it out of what people typed. */
export const ROBOT = "\u{e000}";

/** In a group the robot is called; one-to-one it is not, and whoever has many tickets there names the one that is meant. */
export type Calling = "in-group" | "one-to-one" | "one-to-one-by-number";

const QUOTING = `引用本条并@${ROBOT} 回复`;
const ANY_CALL = new RegExp(`并?@${ROBOT} ?`, "gu");

export function callRobot(text: string, name: string, calling: Calling): string {
  if (!text.includes(ROBOT)) return text;
  if (calling === "in-group") return text.replaceAll(ROBOT, name);
  // What is quoted one-to-one does not reach every door (wecom.md 4.1 has no field for it).
  const how = calling === "one-to-one" ? "回复" : "写上编号回复";
  return text.replaceAll(QUOTING, how).replace(ANY_CALL, "").replaceAll(ROBOT, name);
}
