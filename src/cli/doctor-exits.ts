/** How `doctor` ends. */

/** sysexits' EX_CONFIG, as a start with the same mistake ends. */
export const EXIT_MUST = 78;
/** sysexits' EX_USAGE. */
export const EXIT_USAGE = 64;
