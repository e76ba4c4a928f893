/** The cable of an imitated platform: pulled out, nobody gets through to it, not even with the first byte. */
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";

/** Of a server that is listening. Put back, it listens at the same address. */
export function openPlug(http: Server): (pulled: boolean) => Promise<void> {
  const { address, port } = http.address() as AddressInfo;
  return (pulled) => {
    if (pulled !== http.listening) return Promise.resolve();
    if (pulled) {
      http.close();
      // What is answered already is only kept alive; what is not has no answer any more.
      http.closeAllConnections();
      return Promise.resolve();
    }
    return new Promise((resolve, reject) => {
      http.once("error", reject).listen(port, address, () => {
        http.off("error", reject);
        resolve();
      });
    });
  };
}
