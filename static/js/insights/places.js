// @ts-check
/** Places in a text, as numbers of characters: where words and sentences begin and end. */

/** @typedef {{ start: number, end: number }} Place */

/**
 * Without the space around it; null when nothing else is left.
 * @param {string[]} letters
 * @param {Place} place
 * @returns {Place | null}
 */
export function trimmed(letters, place) {
  let { start, end } = place;
  while (start < end && isSpace(letters[start])) start += 1;
  while (start < end && isSpace(letters[end - 1])) end -= 1;
  return start < end ? { start, end } : null;
}

/**
 * Which sentence a character lies in, counted from 0.
 * @param {number[]} begins
 * @param {number} at
 */
export function sentenceAt(begins, at) {
  return Math.max(begins.filter((begin) => begin <= at).length - 1, 0);
}

/**
 * The start moved by one word, not past the last word of the place.
 * @param {string[]} letters
 * @param {Place} place
 * @param {number} step
 */
export function startOfWord(letters, place, step) {
  for (let at = place.start + step; at >= 0 && at < place.end; at += step) {
    if (!isSpace(letters[at]) && (at === 0 || isSpace(letters[at - 1]))) return at;
  }
  return place.start;
}

/**
 * The end moved by one word, not before the first word of the place.
 * @param {string[]} letters
 * @param {Place} place
 * @param {number} step
 */
export function endOfWord(letters, place, step) {
  for (let at = place.end + step; at > place.start && at <= letters.length; at += step) {
    if (!isSpace(letters[at - 1]) && (at === letters.length || isSpace(letters[at]))) return at;
  }
  return place.end;
}

/** @param {string} letter */
function isSpace(letter) {
  return letter.trim() === "";
}
