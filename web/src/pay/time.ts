import type {Language} from '../api/client';

/** Minutes and seconds: `21:12`; hours before them where there are any. */
export function clock(milliseconds: number): string {
    const seconds = Math.max(0, Math.ceil(milliseconds / 1000));
    const two = (n: number) => String(n).padStart(2, '0');
    const hours = Math.floor(seconds / 3600);
    return `${hours ? `${hours}:` : ''}${hours ? two(Math.floor(seconds / 60) % 60) : String(Math.floor(seconds / 60)).padStart(2, '0')}:${two(seconds % 60)}`;
}

/** A wait in words: `8 秒`, `12 分钟`. */
export function wait(seconds: number, language: Language): string {
    const [count, zh, en] = seconds < 60 ? [seconds, '秒', 's'] : seconds < 3600 ? [Math.ceil(seconds / 60), '分钟', 'min'] : [Math.ceil(seconds / 3600), '小时', 'h'];
    return language === 'en' ? `${count} ${en}` : `${count} ${zh}`;
}

/** The time of day in the reader's zone: `09:36:17`, or without seconds. */
export function timeOfDay(at: string | number, seconds = true): string {
    return new Date(at).toLocaleTimeString('en-GB', {hour: '2-digit', minute: '2-digit', ...(seconds ? {second: '2-digit'} : {})});
}

/** The same moment in Beijing, for the merchant's books. */
export function inBeijing(at: string | number, language: Language): string {
    const text = new Date(at).toLocaleString(language, {timeZone: 'Asia/Shanghai', hour12: false});
    return language === 'en' ? `${text} in Beijing` : `北京时间 ${text}`;
}

/** The day as near as words get: today, yesterday, or the date. */
export function day(at: string | number, now: number, language: Language, words: {today: string; yesterday: string}): string {
    const then = new Date(at);
    const midnight = new Date(now).setHours(0, 0, 0, 0);
    if (then.getTime() >= midnight) {
        return words.today;
    }
    if (then.getTime() >= new Date(midnight - 1).setHours(0, 0, 0, 0)) {
        return words.yesterday;
    }
    const year = then.getFullYear() === new Date(now).getFullYear() ? {} : {year: 'numeric' as const};
    return then.toLocaleDateString(language, {...year, month: language === 'en' ? 'short' : 'long', day: 'numeric'});
}

/** Seconds between two moments, one decimal: `1.2`. */
export function secondsBetween(from: string, to: string): string {
    return (Math.max(0, Date.parse(to) - Date.parse(from)) / 1000).toFixed(1);
}
