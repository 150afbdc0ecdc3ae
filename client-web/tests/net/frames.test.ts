import { describe, expect, it } from 'vitest';
import { readFrame, writeFrame } from '../../src/net/frames';
import type { ClientMessage } from '../../src/wire';

const move = (text: string): ClientMessage => ({
  type: 'do',
  id: 7,
  command: {
    type: 'play',
    move: { type: 'speak', channel: 'letter', to: 'luna', body: { type: 'text', text } },
  },
});
const length = (message: ClientMessage) => new TextEncoder().encode(writeFrame(message)).length;

describe('frames', () => {
  it('are as long for every move, in every script', () => {
    const tap: ClientMessage = {
      type: 'do',
      id: 8,
      command: { type: 'play', move: { type: 'use', power: 'tap', seat: 'luna' } },
    };
    expect(new Set([tap, move('-'), move('Ж'.repeat(280)), move('x'.repeat(280))].map(length))).toEqual(
      new Set([1024]),
    );
    expect(length(move('🙂'.repeat(280)))).toBe(2048);
  });

  it('mean the same with their spaces', () => {
    expect(JSON.parse(writeFrame(move('К Москве')))).toEqual(move('К Москве'));
    expect(readFrame('{"type":"done","id":1}     ')).toEqual({ type: 'done', id: 1 });
  });

  it('of an unknown kind are passed over', () => {
    expect(readFrame('{"type":"news"}')).toBeUndefined();
    expect(readFrame('no frame')).toBeUndefined();
  });
});
