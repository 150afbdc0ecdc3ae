/** The few sounds of the wire, made on the spot. Nothing sounds before `wake`, which a click has to call. */

export type Sound = 'key' | 'letter' | 'stamp' | 'short' | 'phase';

/** [hertz, start, length, loudness, shape], seconds. */
type Note = readonly [number, number, number, number, OscillatorType];
const SOUNDS: Record<Sound, readonly Note[]> = {
  key: [
    [690, 0, 0.07, 0.12, 'sine'],
    [690, 0.11, 0.18, 0.12, 'sine'],
  ],
  letter: [
    [523, 0, 0.09, 0.1, 'triangle'],
    [784, 0.09, 0.16, 0.1, 'triangle'],
  ],
  stamp: [
    [95, 0, 0.14, 0.4, 'square'],
    [61, 0.02, 0.2, 0.4, 'sine'],
  ],
  short: [
    [880, 0, 0.06, 0.12, 'square'],
    [880, 0.16, 0.06, 0.12, 'square'],
  ],
  phase: [
    [330, 0, 0.18, 0.12, 'triangle'],
    [247, 0.18, 0.34, 0.12, 'triangle'],
  ],
};

let context: AudioContext | undefined;

/** Lets sound be made from now on; to be called by a click. */
export function wake(): void {
  if (typeof AudioContext === 'undefined') return;
  context ??= new AudioContext();
  void context.resume();
}

/** Plays a sound, or nothing while the page has not been woken. */
export function play(sound: Sound): void {
  if (!context || context.state === 'closed') return;
  for (const note of SOUNDS[sound]) strike(context, note);
}

function strike(on: AudioContext, [hertz, start, length, loudness, shape]: Note): void {
  const source = on.createOscillator();
  const volume = on.createGain();
  const from = on.currentTime + start;
  source.type = shape;
  source.frequency.value = hertz;
  volume.gain.setValueAtTime(0, from);
  volume.gain.linearRampToValueAtTime(loudness, from + 0.008);
  volume.gain.exponentialRampToValueAtTime(0.0001, from + length);
  source.connect(volume).connect(on.destination);
  source.start(from);
  source.stop(from + length + 0.02);
}
