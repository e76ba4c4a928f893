/** A year's days off, as a station file would name them: as many as a notice has, on dates that every notice has. */
export function arranged(year: number): string[] {
  const days = (month: string, from: number, count: number) =>
    Array.from({ length: count }, (_, i) => `${year}-${month}-${String(from + i).padStart(2, "0")}`);
  return [
    ...[...days("01", 1, 1), ...days("02", 10, 8), ...days("04", 4, 1)],
    ...[...days("05", 1, 5), ...days("06", 7, 1), ...days("09", 25, 1), ...days("10", 1, 7)],
  ];
}
