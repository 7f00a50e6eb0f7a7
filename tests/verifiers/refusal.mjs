/** Why a certificate is not accepted; anything else that goes wrong refuses as well. */
export class Refusal extends Error {
  /**
   * @param {string} code One of the words below, which the tests look for.
   * @param {string} message For people.
   */
  constructor(code, message) {
    super(message);
    this.code = code;
  }
}

/** Throws a refusal unless a condition holds. */
export function insist(condition, code, message) {
  if (!condition) throw new Refusal(code, message);
}
