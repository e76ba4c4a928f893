/** What is said about orders of the team that are about no ticket. */

export function forTheTeam(act: string): string {
  return `“${act}”须由服务站的帮办员、特邀帮办员或首席帮办员回复`;
}
