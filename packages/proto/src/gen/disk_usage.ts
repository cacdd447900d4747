// Generated from proto/disk_usage.proto by `npm run generate -w packages/proto`. Do not edit.


export const DiskUsage = {
  Normal: 0,
  AlmostFull: 1,
  AlreadyFull: 2,
} as const
/** A number that is not listed is kept as it came. */
export type DiskUsage = (typeof DiskUsage)[keyof typeof DiskUsage]
