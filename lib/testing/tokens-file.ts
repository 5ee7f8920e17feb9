import 'server-only'
import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A file of provisioned tokens, as `CONSOLE_TOKENS_FILE` names it: the console reads it again while it runs. */
export class TestTokensFile {
  private readonly folder = mkdtempSync(join(tmpdir(), 'tokens-'))
  readonly path = join(this.folder, 'tokens.yaml')

  constructor(yaml: string) {
    this.write(yaml)
  }

  /** In one step, as a file is to be replaced that others read. */
  write(yaml: string): void {
    writeFileSync(`${this.path}.new`, yaml)
    renameSync(`${this.path}.new`, this.path)
  }

  remove(): void {
    rmSync(this.folder, { recursive: true })
  }
}
