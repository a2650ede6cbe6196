import type {ComponentChildren} from 'preact';

const PATHS = {
    check: 'M4.5 10.5 8.5 14.5 15.5 6',
    back: 'M12.5 4.5 7 10l5.5 5.5',
    down: 'M4.5 7.5 10 13l5.5-5.5',
    right: 'M4 10h12M11 5l5 5-5 5',
    scan: 'M3.5 7V5A1.500 1.500 0 0 1 5 3.500h2M13 3.500h2A1.500 1.500 0 0 1 16.500 5v2M16.500 13v2a1.500 1.500 0 0 1-1.500 1.500h-2M7 16.500H5A1.500 1.500 0 0 1 3.500 15v-2M3.500 10h13',
    info: 'M10 3a7 7 0 1 0 0 14a7 7 0 1 0 0-14M10 9.200v4.300M10 6.600v.1',
    warn: 'M10 3.200 17.500 16h-15zM10 8.200v3.600M10 13.900v.1',
    moon: 'M16 11.800A6.500 6.500 0 0 1 8.200 4a6.500 6.500 0 1 0 7.800 7.800z',
    copy: 'M9 7h5a2 2 0 0 1 2 2v5.500a2 2 0 0 1-2 2H9a2 2 0 0 1-2-2V9a2 2 0 0 1 2-2zM13 4.500v-.2A1.800 1.800 0 0 0 11.200 2.500H5.800A2.300 2.300 0 0 0 3.500 4.800V11A1.800 1.800 0 0 0 4.500 12.600',
    link: 'M8.500 11.500a3 3 0 0 0 4.300.2l2.600-2.600a3 3 0 0 0-4.300-4.300l-1 1M11.500 8.500a3 3 0 0 0-4.300-.2l-2.600 2.600a3 3 0 0 0 4.300 4.300l1-1',
    share: 'M10 12.500V3M6.500 6 10 2.800 13.500 6M5 9.500v5A1.500 1.500 0 0 0 6.500 16h7a1.500 1.500 0 0 0 1.500-1.500v-5',
    lock: 'M6.300 9h7.400a1.800 1.800 0 0 1 1.800 1.800v3.900a1.800 1.800 0 0 1-1.800 1.800H6.300a1.800 1.800 0 0 1-1.800-1.800v-3.900A1.800 1.800 0 0 1 6.300 9M7 9V6.800a3 3 0 0 1 6 0V9',
    card: 'M5 5.500h10a2 2 0 0 1 2 2V14a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2V7.500a2 2 0 0 1 2-2zM3 8.500h14M13 12.500h1.200',
    search: 'M9 4a5 5 0 1 0 0 10A5 5 0 1 0 9 4m4 9 3.800 3.800',
    list: 'M4 5.500h12M4 10h12M4 14.500h7',
    close: 'M5 5l10 10M15 5 5 15',
    save: 'M10 3v9M6.500 9 10 12.500 13.500 9M4 16.500h12',
} as const;

export type IconName = keyof typeof PATHS;

/** A drawing beside words that say the same: hidden from screen readers. */
export function Icon({name, size = 20}: {name: IconName; size?: number}) {
    return <svg class="i" width={size} height={size} viewBox="0 0 20 20" aria-hidden="true"><path d={PATHS[name]} /></svg>;
}

/** The sign of a payment method, in its own colour. Simplified drawings: replace them by the providers' files as their brand rules allow. */
export function Mark({method, size = 32}: {method: string; size?: number}) {
    const drawing: Record<string, [string, ComponentChildren]> = {
        wechat: ['#07C160', <>
            <path fill="#fff" d="M16 7.500c-5.400 0-9.500 3.400-9.500 7.700 0 2.500 1.400 4.700 3.600 6.100l-.9 3.100 3.500-1.900c1 .3 2.100.4 3.300.4 5.400 0 9.500-3.400 9.500-7.700S21.400 7.500 16 7.500z" />
            <path fill="none" stroke="#07C160" stroke-width="2.2" stroke-linecap="round" stroke-linejoin="round" d="m11.500 14.600 3.200 3 6.300-5.200" />
        </>],
        alipay: ['#1677FF', <g fill="none" stroke="#fff" stroke-width="2.2" stroke-linecap="round">
            <path d="M9 10.500h14M16 7.300v7.200M10.500 14.500h11c-1.200 4.300-5.200 8.700-11.500 10" /><path d="M11.200 17.800c3 .8 8.200 3.700 11.800 6.600" />
        </g>],
    };
    const [colour, lines] = drawing[method] ?? ['#5F6A72', <path fill="none" stroke="#fff" stroke-width="2.200" d="M8 11h16v11H8zM8 15h16" />];
    return <svg class="mark" width={size} height={size} viewBox="0 0 32 32" aria-hidden="true"><rect width="32" height="32" rx="8" fill={colour} />{lines}</svg>;
}

export function Logo() {
    return <svg width="28" height="28" viewBox="0 0 28 28" aria-hidden="true"><rect width="28" height="28" rx="8" fill="var(--accent)" />
        <g stroke="var(--on-accent)" stroke-width="2.4" stroke-linecap="round" fill="none"><path d="M7 8v12M21 8v12M11 8h6v5h-6z" /><path d="M10.500 18.800c1.200-1 2.300-1 3.500 0s2.300 1 3.500 0" /></g></svg>;
}
