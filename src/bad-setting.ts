/** A setting that cannot be used. `message` is one line: which one, and what to do. */

/** sysexits' EX_CONFIG: a service manager need not try again before somebody has changed something. */
export const EXIT_BAD_SETTING = 78;

export class BadSetting extends Error {
  readonly setting: string;
  readonly exitCode = EXIT_BAD_SETTING;

  constructor(setting: string, whatToDo: string) {
    super(`${setting}：${whatToDo}`);
    this.name = "BadSetting";
    this.setting = setting;
  }
}
