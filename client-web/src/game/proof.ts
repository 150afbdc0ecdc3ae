/**
 * Checking that a match was dealt as its commitment bound it to be: the rulebook's hash, worked out again by this very
 * browser. The server is not asked, since it is what is being checked.
 */

/** The text whose SHA-256 was published at the deal. `seed` and `salt` are lower-case hexadecimal. */
export const boundText = (seed: string, salt: string): string => `nineteenth:commitment:${salt}:${seed}`;

/** A command that works the hash out in a shell. */
export const shellCheck = (seed: string, salt: string): string =>
  `printf '${boundText(seed, salt)}' | sha256sum`;

/** Whether seed and salt give the commitment; undefined where the browser will not hash, as on a page without https. */
export async function isBound(
  file: { seed: string; salt: string },
  commitment: string,
): Promise<boolean | undefined> {
  const subtle = globalThis.crypto?.subtle as SubtleCrypto | undefined;
  if (!subtle) return undefined;
  const digest = await subtle.digest('SHA-256', new TextEncoder().encode(boundText(file.seed, file.salt)));
  const hexadecimal = Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join(
    '',
  );
  return hexadecimal === commitment;
}
