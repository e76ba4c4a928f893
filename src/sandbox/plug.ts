/** The cable of an imitated platform: pulled out, nobody gets through to it, not even with the first byte. */
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";

/** Of a server that is listening. Put back, it listens at the same address. */
export function openPlug(http: Server): (pulled: boolean) => Promise<void> {
  const { address, port } = http.address() as AddressInfo;
  let last: Promise<void> = Promise.resolve();

  const listen = (): Promise<void> =>
    new Promise((resolve, reject) => {
      http.once("error", reject).listen(port, address, () => {
        http.off("error", reject);
        resolve();
      });
    });

  const turn = async (pulled: boolean): Promise<void> => {
    if (pulled !== http.listening) return;
    if (!pulled) return listen();
    http.close();
    // What is answered already is only kept alive; what is not has no answer any more.
    http.closeAllConnections();
  };

  return (pulled) => {
    // One after the other: a server that is about to listen does not say so yet.
    last = last.catch(() => undefined).then(() => turn(pulled));
    return last;
  };
}
