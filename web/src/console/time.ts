import type {Language} from '../api/client';

const two = (n: number): string => String(n).padStart(2, '0');
const day = (time: Date): string => `${time.getFullYear()}-${two(time.getMonth() + 1)}-${two(time.getDate())}`;

/** `09:37:13`, with hundredths `09:37:13.69`. */
export function clock(time: Date, hundredths = false): string {
    const seconds = `${two(time.getHours())}:${two(time.getMinutes())}:${two(time.getSeconds())}`;
    return hundredths ? `${seconds}.${two(Math.floor(time.getMilliseconds() / 10))}` : seconds;
}

export const stamp = (time: Date): string => `${day(time)} ${clock(time)}`;

/** The clock when it was today, else the date and the minute; the year where it is another. */
export function short(time: Date, now: number): string {
    const today = new Date(now);
    if (day(time) === day(today)) {
        return clock(time);
    }
    const minute = `${two(time.getHours())}:${two(time.getMinutes())}`;
    return time.getFullYear() === today.getFullYear() ? `${day(time).slice(5)} ${minute}` : `${day(time)} ${minute}`;
}

/** The same moment in Beijing, whose clock is eight hours ahead of UTC all year. */
export function beijing(time: Date): string {
    return Number.isNaN(time.getTime()) ? '' : new Date(time.getTime() + 8 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ');
}

const UNITS: readonly [seconds: number, zh: string, en: string][] = [[86_400, '天', 'd'], [3_600, '小时', 'h'], [60, '分', 'min'], [1, '秒', 's']];

/** How long it was, in its two largest units: `4 小时 57 分`; below ten seconds with a tenth: `0.5 秒`. */
export function lasting(milliseconds: number, language: Language): string {
    const english = language === 'en';
    const seconds = Math.max(0, milliseconds) / 1_000;
    if (seconds < 0.1) {
        return `<0.1 ${english ? 's' : '秒'}`;
    }
    if (seconds < 10) {
        return `${seconds.toFixed(1)} ${english ? 's' : '秒'}`;
    }
    const whole = Math.round(seconds);
    const from = UNITS.findIndex(([size]) => whole >= size);
    const [size, zh, en] = UNITS[from]!;
    const first = `${Math.floor(whole / size)} ${english ? en : zh}`;
    const next = UNITS[from + 1];
    const rest = next ? Math.floor(whole % size / next[0]) : 0;
    return next && rest > 0 ? `${first} ${rest} ${english ? next[2] : next[1]}` : first;
}
