/** The picture's colours, which differ in grey as well, and its type. */
export const INK = "#1f2933";
export const GREY = "#52606d";
export const RULE = "#d9dee3";
export const FAINT = "#9db7d5";
export const STRONG = "#14467c";
export const FONT = "Noto Sans CJK SC";
