/** `npm run desk -- <verb>`: what an administrator asks on the command line. A verb needs only what it reads. */
import { parseArgs } from "node:util";
import { isOperatorError, isPlain } from "./process.ts";
import { readEnvironment } from "./settings.ts";

interface Verb {
  readonly usage: string;
  run(args: string[]): Promise<number>;
}

const environment = () => readEnvironment(process.env, process.cwd());

const VERBS: Readonly<Record<string, Verb>> = {
  match: {
    usage: "match                 从标准输入逐行读消息，逐行输出识别结果（JSON）",
    async run() {
      const { runMatch } = await import("./cli/match.ts");
      return runMatch(environment());
    },
  },
  due: {
    usage: "due --received <时间> --size small|big [--station <文件>]   算出承诺时限（JSON）",
    async run(args) {
      const { runDue } = await import("./cli/due.ts");
      const { values } = parseArgs({
        args,
        options: { received: { type: "string" }, size: { type: "string" }, station: { type: "string" } },
      });
      return runDue(values, environment());
    },
  },
  evaluate: {
    usage: "evaluate [--file <jsonl>] [--folds 5] [--curve]   测量识别准确率：标注好的消息，或对说法文件交叉验证",
    async run(args) {
      const { runEvaluate } = await import("./cli/evaluate.ts");
      const { values } = parseArgs({
        args,
        options: { file: { type: "string" }, folds: { type: "string" }, curve: { type: "boolean" } },
      });
      const folds = Math.min(20, Math.max(2, Math.round(Number(values.folds ?? 5)) || 5));
      return runEvaluate({ file: values.file, folds, curve: values.curve ?? false }, environment());
    },
  },
  learn: {
    usage: "learn [--clear] [--no-accuracy]   列出更正过的说法，供核对后并入 intents/；--clear 清除已列出的",
    async run(args) {
      const { runLearn } = await import("./cli/learn.ts");
      const { values } = parseArgs({
        args,
        options: { clear: { type: "boolean" }, "no-accuracy": { type: "boolean" } },
      });
      return runLearn({ clear: values.clear ?? false, accuracy: !values["no-accuracy"] }, environment());
    },
  },
  digest: {
    usage:
      "digest --date <日期> [--kind day|week|month] [--json] [--picture <文件.png>]   这一天（周、月）的日报（周报、月报），或其数字（JSON）；另存图片",
    async run(args) {
      const { runDigest } = await import("./cli/digest.ts");
      const { values } = parseArgs({
        args,
        options: {
          date: { type: "string" },
          kind: { type: "string" },
          json: { type: "boolean" },
          picture: { type: "string" },
        },
      });
      return runDigest({ ...values, json: values.json ?? false }, environment());
    },
  },
  ledger: {
    usage: "ledger --from <日期> --to <日期> --out <文件.xlsx>   导出台账：期间受理的全部工单，另附汇总",
    async run(args) {
      const { runLedger } = await import("./cli/ledger.ts");
      const { values } = parseArgs({
        args,
        options: { from: { type: "string" }, to: { type: "string" }, out: { type: "string" } },
      });
      return runLedger(values, environment());
    },
  },
  outbox: {
    usage: "outbox [--retry <编号> | --drop <编号>]   列出未送达的消息；重新发送，或不再发送",
    async run(args) {
      const { runOutbox } = await import("./cli/outbox.ts");
      const { values } = parseArgs({ args, options: { retry: { type: "string" }, drop: { type: "string" } } });
      return runOutbox(values, environment());
    },
  },
  doctor: {
    usage:
      "doctor [--send <群>]   逐项检查设置与外部条件，说明如何处理；或向一个群发一条@人的测试消息（群编号、企业名、服务点名、帮办员群、领导群）",
    async run(args) {
      const { values } = parseArgs({ args, options: { send: { type: "string" } } });
      if (values.send !== undefined) {
        const { runDoctorSend } = await import("./cli/doctor-send.ts");
        return runDoctorSend(values.send, environment());
      }
      const { runDoctor } = await import("./cli/doctor.ts");
      return runDoctor(environment());
    },
  },
};

const [name = "", ...args] = process.argv.slice(2);
const verb = Object.hasOwn(VERBS, name) ? VERBS[name] : undefined;
if (!verb) {
  const lines = ["用法：npm run desk -- <命令>", ...Object.values(VERBS).map(({ usage }) => `  ${usage}`)];
  process.stderr.write(`${lines.join("\n")}\n`);
  process.exitCode = 64;
} else {
  try {
    process.exitCode = await verb.run(args);
  } catch (error) {
    const usage = error instanceof TypeError && "code" in error && String(error.code).startsWith("ERR_PARSE_ARGS");
    process.stderr.write(
      `${usage ? `用法：npm run desk -- ${verb.usage}` : isOperatorError(error) || isPlain(error) ? error.message : String((error as Error).stack)}\n`,
    );
    process.exitCode = usage ? 64 : isOperatorError(error) ? 78 : 1;
  }
}
