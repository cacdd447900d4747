import { deepStrictEqual } from 'node:assert/strict'
import type { FuzzTarget } from '@stratakv/testkit'
import { decodeMarker, encodeMarker, type MarkerReading } from '../src/data-directory/marker.ts'

const bytes = (text: string) => new TextEncoder().encode(text)

export const markerTarget: FuzzTarget<MarkerReading> = {
  name: 'server/marker',
  refusals: [],
  inputBytesMax: 4096,
  seeds: () => [
    bytes('{"product":"stratakv","format":1,"engine":"level"}\n'),
    bytes(
      encodeMarker({
        format: 2,
        engine: 'level',
        clusterId: 7n,
        parts: ['kv', 'pd'],
        createdBy: '1',
        lastOpenedBy: undefined,
      }),
    ),
    bytes(
      encodeMarker({ format: 3, engine: 'lsm', clusterId: undefined, parts: [], createdBy: '1', lastOpenedBy: '2' }),
    ),
    bytes('{"product":"stratakv","format":1e300,"engine":[]}'),
  ],
  decode: decodeMarker,
  check(reading) {
    if (reading.kind !== 'marker' || reading.marker.format < 2) return
    deepStrictEqual(decodeMarker(bytes(encodeMarker(reading.marker))), reading)
  },
}
