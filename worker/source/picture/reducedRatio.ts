/** The smallest whole numbers with the same ratio. */
export function reducedRatio(numerator: number, denominator: number): [numerator: number, denominator: number] {
  let [a, b] = [numerator, denominator];
  while (b > 0) [a, b] = [b, a % b];
  return [numerator / a, denominator / a];
}
