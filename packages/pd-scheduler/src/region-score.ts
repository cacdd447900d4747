/** Free space in GiB below which a store is filled only as a last resort; the larger of this and the share below. */
const floorGiB = 50
const floorShare = 0.2
const weightOfSize = 1
const weightOfSpace = 256
const lastResort = 1e10

/**
 * How full a store is to PD's eyes: region-score-formula-version v2 (pd v6.1.0, server/core/store.go), without pending
 * changes. Grows with the data, faster as free space shrinks, steeply once it is nearly gone.
 */
export function regionScore(store: { capacityBytes: number; availableBytes: number; regionSizeMiB: number }): number {
  const capacity = store.capacityBytes / 2 ** 30
  const available = store.availableBytes / 2 ** 30
  const size = store.regionSizeMiB
  if (available >= capacity || capacity < 1) return size
  const floor = Math.max(floorGiB, capacity * floorShare)
  if (available > floor) {
    const used = capacity - available + floor - 1
    return (weightOfSize + (weightOfSpace * (Math.log(capacity) - Math.log(available - floor + 1))) / used) * size
  }
  return (
    (weightOfSize + (weightOfSpace * Math.log(capacity)) / capacity) * size + (lastResort * (floor - available)) / floor
  )
}
