/** A platform's socket for the time of one line: opened, spoken over, closed. What is heard meanwhile is left to nobody. */
import type { SendOutcome } from "../chat/outgoing.ts";
import type { Socket } from "../platforms/platform.ts";

const WAIT_MS = 5000;
const LOOK_EVERY_MS = 50;

export async function withSocket(socket: Socket, say: () => Promise<SendOutcome>): Promise<SendOutcome> {
  let isUp: () => void = () => {};
  const up = new Promise<"up">((resolve) => {
    isUp = () => resolve("up");
  });
  const deaf = { accept: () => Promise.reject(new Error("nobody listens")), refused() {}, dropped() {} };
  const link = socket.open(deaf, isUp);
  let look: NodeJS.Timeout | undefined;
  let limit: NodeJS.Timeout | undefined;
  const failed = new Promise<"refused" | "late">((resolve) => {
    look = setInterval(() => link.state() === "refused" && resolve("refused"), LOOK_EVERY_MS);
    limit = setTimeout(() => resolve("late"), WAIT_MS);
  });
  try {
    const came = await Promise.race([up, failed]);
    if (came === "up") return await say();
    return came === "refused"
      ? { kind: "refused", reason: "长连接被拒绝，请先运行 doctor 查看原因" }
      : { kind: "busy", reason: "长连接连不上，请先运行 doctor 查看原因" };
  } finally {
    clearInterval(look);
    clearTimeout(limit);
    await link.close();
  }
}
