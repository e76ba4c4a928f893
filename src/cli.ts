/** `npm run desk -- <verb>`: what an administrator asks on the command line. A verb needs only what it reads. */
import { parseArgs } from "node:util";
import { isOperatorError } from "./process.ts";
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
  doctor: {
    usage: "doctor                逐项检查设置与外部条件，说明如何处理",
    async run(args) {
      const { runDoctor } = await import("./cli/doctor.ts");
      parseArgs({ args, options: {} });
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
      `${usage ? `用法：npm run desk -- ${verb.usage}` : isOperatorError(error) ? error.message : String((error as Error).stack)}\n`,
    );
    process.exitCode = usage ? 64 : isOperatorError(error) ? 78 : 1;
  }
}
