/** Pixels inside an edge at which the grid begins to scroll: at the edge of the screen a pointer gets no further. */
const edgePixels = 16
/** Pixels a second for each pixel beyond that. */
const pace = 12
const slowest = 90
const fastest = 6_000

/** How fast a grid scrolls along one axis while a drag is at `at`, in pixels a second; 0 inside of its edges. */
export function edgePull(at: number, start: number, end: number): number {
  const before = start + edgePixels - at
  const behind = at - (end - edgePixels)
  // Of a grid that is smaller than both edges the nearer one counts.
  const depth = Math.max(before, behind)
  if (depth <= 0) return 0
  return Math.min(Math.max(depth * pace, slowest), fastest) * (behind > before ? 1 : -1)
}
