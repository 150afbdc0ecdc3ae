/** What a player prefers on this machine: light, sound, the name last used. The language lives with the texts. */
import { forLong } from './kept';

export type Light = 'system' | 'day' | 'night';
const LIGHTS: readonly Light[] = ['system', 'day', 'night'];

function keptLight(): Light {
  const kept = forLong.getItem('light') as Light | null;
  return kept && LIGHTS.includes(kept) ? kept : 'system';
}

class Settings {
  #light = $state<Light>(keptLight());
  #nickname = $state(forLong.getItem('nickname') ?? '');
  /** Off at every start: a page makes no sound before somebody asked for it. */
  sound = $state(false);

  get light(): Light {
    return this.#light;
  }

  set light(light: Light) {
    this.#light = light;
    forLong.setItem('light', light);
    this.show();
  }

  get nickname(): string {
    return this.#nickname;
  }

  set nickname(nickname: string) {
    this.#nickname = nickname;
    forLong.setItem('nickname', nickname);
  }

  /** Puts the light on the page. */
  show(): void {
    document.documentElement.dataset.light = this.#light;
  }
}

export const settings = new Settings();
