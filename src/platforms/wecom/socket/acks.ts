/** Who waits for which answer on one connection. */

export type Ack =
  | { readonly kind: "acked"; readonly errcode: number; readonly errmsg: string }
  | { readonly kind: "late" }
  | { readonly kind: "closed" };

export interface Acks {
  /** False: that request is being waited for already, and two answers under one name cannot be told apart. */
  isFree(request: string): boolean;
  wait(request: string, ms: number): Promise<Ack>;
  /** False where nobody waits for it (any more). */
  settle(request: string, errcode: number, errmsg: string): boolean;
  closeAll(): void;
}

export function openAcks(): Acks {
  const waiting = new Map<string, (ack: Ack) => void>();
  return {
    isFree: (request) => !waiting.has(request),
    wait: (request, ms) =>
      new Promise((resolve) => {
        const finish = (ack: Ack): void => {
          clearTimeout(timer);
          waiting.delete(request);
          resolve(ack);
        };
        const timer = setTimeout(() => finish({ kind: "late" }), ms);
        waiting.set(request, finish);
      }),
    settle(request, errcode, errmsg) {
      const finish = waiting.get(request);
      finish?.({ kind: "acked", errcode, errmsg });
      return finish !== undefined;
    },
    closeAll() {
      for (const finish of [...waiting.values()]) finish({ kind: "closed" });
    },
  };
}
