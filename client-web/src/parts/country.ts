/**
 * The country between the enemy (west, left) and ours (east, right) as paths on a sheet of 1200 by 800: what the staff
 * map draws under everything else. `tools/terrain.mjs` drew the contour lines for the same sheet.
 */

export const SHEET = { width: 1200, height: 800 } as const;

export const RIVER =
  'M-10 606C60 628 120 622 178 604S300 560 372 556s130 34 214 48 150-6 214-30 136-30 206 2 130 30 206 8';
export const RAIL = 'M-10 470C120 474 190 486 300 478s180-52 300-48 190 66 312 64 180-28 300-24';
export const FOREST_ROAD =
  'M-10 262C80 268 130 250 208 254s130 48 226 42 150-74 232-66 150 62 238 58 200-54 310-40';

/** Where woods stand, as soft shapes. */
export const WOODS = [
  'M250 150c60-40 150-42 210-10s90 18 120 62-20 84-88 84-110 34-176 22-120-30-116-76 20-60 50-82Z',
  'M700 300c44-30 120-26 168 0s70 60 36 92-110 34-160 26-86-30-84-62 18-42 40-56Z',
  'M930 210c36-24 110-20 140 8s26 60-14 74-116 12-140-16-12-50 14-66Z',
  'M40 380c36-20 96-14 116 14s0 56-46 60-96-8-100-32 8-30 30-42Z',
] as const;

/** Fir trees as a map draws them, [x, y]. */
export const TREES: readonly (readonly [number, number])[] = [
  [300, 190],
  [350, 165],
  [410, 180],
  [470, 205],
  [520, 195],
  [335, 228],
  [390, 240],
  [450, 250],
  [505, 238],
  [285, 245],
  [730, 335],
  [780, 320],
  [830, 340],
  [870, 365],
  [760, 372],
  [815, 388],
  [960, 240],
  [1010, 228],
  [1045, 255],
  [985, 268],
  [70, 405],
  [115, 400],
  [95, 430],
];

/** Villages: [x, y, is it a town]. */
export const VILLAGES: readonly (readonly [number, number, boolean])[] = [
  [212, 500, false],
  [612, 452, true],
  [918, 518, false],
  [436, 318, false],
  [908, 262, false],
  [588, 628, false],
  [1006, 600, true],
];
