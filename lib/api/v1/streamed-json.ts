import 'server-only'

/** An answer that may be too large to be held at once: its JSON in pieces. One that breaks off is no JSON. */
export class StreamedJson {
  constructor(readonly pieces: AsyncGenerator<string, void>) {}
}
