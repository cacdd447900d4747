import { checksumCompliance } from '@stratakv/core/compliance'
import { describe, expect, it } from 'vitest'
import { createTwinChecksum } from '../src/index.ts'

describe('twin', () => checksumCompliance({ describe, it, expect }, { create: createTwinChecksum }))
