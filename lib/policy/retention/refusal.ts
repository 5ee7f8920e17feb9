/**
 * Thrown where the engine gives up: nothing is deleted. `pattern`: it noticed a wrong tag pattern while the rules run beside
 * each other, and then the other rules may decide alone all the same.
 */
export class Refused extends Error {
  constructor(readonly by: 'rule' | 'pattern' = 'rule') {
    super(by)
  }
}

/** Thrown where a decision would be a guess. */
export class Unclear extends Error {}
