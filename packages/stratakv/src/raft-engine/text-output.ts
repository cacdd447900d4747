/** So much text is collected before it is written. */
const flushChars = 64 * 1024

/** Writes much text to a pipe, no faster than it is read. When nobody reads any more, as behind `head`, `isClosed` says so. */
export class TextOutput {
  readonly #stream: NodeJS.WritableStream
  #text = ''
  #isClosed = false

  constructor(stream: NodeJS.WritableStream) {
    this.#stream = stream
    stream.once('error', () => {
      this.#isClosed = true
    })
  }

  get isClosed(): boolean {
    return this.#isClosed
  }

  async write(text: string): Promise<void> {
    this.#text += text
    if (this.#text.length >= flushChars) await this.flush()
  }

  async flush(): Promise<void> {
    const text = this.#text
    this.#text = ''
    if (text === '' || this.#isClosed) return
    await new Promise<void>((resolve) => {
      this.#stream.write(text, (error) => {
        if (error) this.#isClosed = true
        resolve()
      })
    })
  }
}
