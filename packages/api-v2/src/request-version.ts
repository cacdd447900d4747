/** kvrpcpb.APIVersion as TiKV prints it. A number newer than this node is named by its number. */
export function requestVersionName(requestVersion: number): string {
  switch (requestVersion) {
    case 0:
      return 'V1'
    case 1:
      return 'V1ttl'
    case 2:
      return 'V2'
    default:
      return `APIVersion(${requestVersion})`
  }
}
