/**
 * How a viewer's document changes: a view replaces it, a change is merged into it (JSON merge patch, RFC 7396). Pure; it
 * believes what it is told. What did not change keeps its identity, so that only what changed is drawn again.
 */

import type { Change, Document, Whole } from '../wire';

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** The document after a piece of news. A change with nothing before it is merged into an empty one. */
export function fold(document: Document | undefined, news: Whole | Change): Document {
  if (news.type === 'whole') return news.document;
  return merge(document as Json | undefined, news.patch as Json) as unknown as Document;
}

/** Merges a patch: null removes, an object merges, anything else replaces. Never changes its arguments. */
export function merge(target: Json | undefined, patch: Json): Json {
  if (!isObject(patch)) return patch;
  const result = new Map(isObject(target) ? Object.entries(target) : []);
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) result.delete(key);
    else result.set(key, merge(result.get(key), value));
  }
  return Object.fromEntries(result);
}

function isObject(value: Json | undefined): value is { readonly [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
