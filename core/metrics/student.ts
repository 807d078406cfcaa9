const steps = 4_000;
/** With more degrees of freedom the distribution is the normal one to four digits. */
const nearlyNormal = 10_000;

/**
 * The t for which Student's distribution holds the share `confidence` between −t and t. With t = √n · tan θ its density is
 * proportional to cosⁿ⁻¹ θ, which is summed up here (midpoint rule) until the share is reached.
 * @param freedom degrees of freedom, a real number; below 1 it counts as 1
 */
export function studentQuantile(confidence: number, freedom: number): number {
  const n = Math.min(Math.max(freedom, 1), nearlyNormal);
  // Beyond fifteen standard deviations of a narrow density there is nothing left to add.
  const width = Math.min(Math.PI / 2, 15 / Math.sqrt(n)) / steps;
  const weights = Array.from({ length: steps }, (_, step) => Math.cos((step + 0.5) * width) ** (n - 1));
  const wanted = confidence * weights.reduce((sum, weight) => sum + weight, 0);
  let sum = 0;
  let step = 0;
  while (step < steps - 1 && sum + weights[step]! < wanted) sum += weights[step++]!;
  const angle = (step + (wanted - sum) / weights[step]!) * width;
  return Math.sqrt(n) * Math.tan(angle);
}
