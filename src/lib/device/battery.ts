import { within } from './time-limit';

interface Battery {
  level: number;
  charging: boolean;
}

const answerMs = 3_000;

/** How full it is, in whole per cent; null where the browser does not say (Safari, Firefox). */
export async function batteryState(): Promise<{ percent: number; isCharging: boolean } | null> {
  const { getBattery } = navigator as Navigator & { getBattery?: () => Promise<Battery> };
  if (!getBattery) return null;
  try {
    const battery = await within(getBattery.call(navigator), answerMs, null);
    return battery && { percent: Math.round(battery.level * 100), isCharging: battery.charging };
  } catch {
    return null;
  }
}
