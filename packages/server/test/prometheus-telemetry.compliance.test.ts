import { telemetryCompliance } from '@stratakv/core/compliance'
import { prometheusTelemetry } from '@stratakv/server'
import { simulatedClock } from '@stratakv/testkit'
import { describe, expect, it } from 'vitest'

telemetryCompliance(
  { describe, it, expect },
  {
    create() {
      const telemetry = prometheusTelemetry({ clock: simulatedClock() }, { processMetrics: false })
      return {
        telemetry,
        /** As a scraper reads it: out of the text. */
        async read(name, ...labelValues) {
          const lines = (await telemetry.exposition()).split('\n')
          const isSeries = (line: string) => {
            const [, found, labels = ''] = /^(\w+)(?:\{(.*)\})? /.exec(line) ?? []
            const values = [...labels.matchAll(/="([^"]*)"/g)].map(([, value]) => value)
            return [name, `${name}_count`].includes(found ?? '') && values.join() === labelValues.join()
          }
          const line = lines.find(isSeries)
          return line === undefined ? undefined : Number(line.slice(line.lastIndexOf(' ') + 1))
        },
      }
    },
  },
)
