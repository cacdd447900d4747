import { noMemoryLocks, noTelemetry, unlimitedAdmission } from '@stratakv/core'
import { memoryLocksCompliance, telemetryCompliance, writeAdmissionCompliance } from '@stratakv/core/compliance'
import { describe, expect, it } from 'vitest'

const t = { describe, it, expect }
/** None of these looks at the time. */
const timeless = { now: () => 0, pass: async () => {} }

telemetryCompliance(t, { create: () => ({ telemetry: noTelemetry() }) })
writeAdmissionCompliance(t, { create: () => ({ admission: unlimitedAdmission(), ...timeless }) })
memoryLocksCompliance(t, { create: () => ({ locks: noMemoryLocks(), ...timeless }) })
