import { StrataError } from '@stratakv/core'

/** A decoder asked for far more memory than its input could justify: a length field was believed before it was checked. */
export class AllocationError extends StrataError {
  readonly code = 'FUZZ_ALLOCATION'
  readonly elementCount: number
  readonly elementCountMax: number
  constructor(elementCount: number, elementCountMax: number) {
    super(`an allocation of ${elementCount} elements, where ${elementCountMax} would be much already`)
    this.elementCount = elementCount
    this.elementCountMax = elementCountMax
  }
}

/** What any input may cost, and what each of its bytes may cost. Elements, whatever their width. */
const elementsFloor = 64 * 1024
const elementsPerInputByte = 64

/** Watches every allocation with a length: constructors of arrays and buffers, and `String.prototype.repeat` and its like. */
export interface AllocationGuard {
  /** From now on allocations are held against an input of so many bytes. */
  expect(inputBytes: number): void
}

type Constructor = new (...args: never[]) => object

/** Installs itself for the life of this thread: to be used where nothing but the fuzzer runs. */
export function installAllocationGuard(): AllocationGuard {
  let elementCountMax = Number.POSITIVE_INFINITY
  const check = (length: unknown) => {
    if (typeof length === 'number' && length > elementCountMax) throw new AllocationError(length, elementCountMax)
  }
  const names = [
    'Array',
    'ArrayBuffer',
    'Uint8Array',
    'Uint16Array',
    'Uint32Array',
    'BigUint64Array',
    'DataView',
  ] as const
  for (const name of names) {
    const original = globalThis[name] as unknown as Constructor
    const guarded: Constructor = new Proxy(original, {
      construct(target, args, newTarget): object {
        check(args[0])
        // Subclasses (Buffer is one) keep their own prototype.
        return Reflect.construct(target, args, newTarget === guarded ? target : newTarget)
      },
    })
    Object.defineProperty(globalThis, name, { value: guarded, writable: true, configurable: true })
  }
  for (const name of ['repeat', 'padStart', 'padEnd'] as const) {
    const original = String.prototype[name] as (this: string, length: number, fill?: string) => string
    String.prototype[name] = function (this: string, length: number, fill?: string): string {
      check(name === 'repeat' ? length * this.length : length)
      return original.call(this, length, fill)
    } as never
  }
  return {
    expect(inputBytes) {
      elementCountMax = elementsFloor + inputBytes * elementsPerInputByte
    },
  }
}
